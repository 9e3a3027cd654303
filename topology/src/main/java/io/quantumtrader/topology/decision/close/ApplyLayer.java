package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Regimes;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Turns closes into plans: quantity from the ledger, one close in flight per position, p26. */
public final class ApplyLayer {

  private ApplyLayer() {}

  /**
   * A close that an intent asks for.
   *
   * @param planId plan id of the intent
   * @param quantity base units asked for; empty: all
   */
  public record Ask(String planId, TradeIntent intent, Optional<BigDecimal> quantity) {}

  /**
   * What the apply layer looked at.
   *
   * @param policy policy that holds
   * @param position the open position
   * @param openPlans plans of the account without a final result
   * @param instrument the exchange's filters for the symbol
   * @param state market state of the symbol, of any age
   */
  public record View(
      Policy policy,
      PositionLedger position,
      Collection<OpenPlan> openPlans,
      Optional<Instrument> instrument,
      Optional<MarketState> state) {}

  /**
   * Returns the plan of a close, or why there is none.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<ClosePlan> rule(Ask ask, View view, long nowMs) {
    PositionLedger position = view.position();
    Optional<OpenPlan> other =
        CloseInFlight.holdingBack(view.openPlans(), position.getPositionId(), ExitTrigger.INTENT);
    if (other.isPresent()) {
      return GateResult.denied(CloseInFlight.denial(other.get(), nowMs));
    }
    BigDecimal price =
        view.state()
            .map(MarketState::getLastPrice)
            .filter(Decimals::isPositive)
            .orElse(position.getEntryPrice());
    CloseQuantity size =
        CloseQuantity.of(ask.quantity(), position.getQuantity(), view.instrument(), price);
    List<ReasonCode> notes =
        ask.quantity().filter(asked -> asked.compareTo(position.getQuantity()) > 0).isPresent()
            ? List.of(ReasonCode.QUANTITY_CAPPED_SENDER)
            : List.of();
    Numbers numbers =
        Numbers.none()
            .and("quantity", size.quantity())
            .and("open", Sides.signedQuantity(position))
            .and("price", price)
            .andNotes(notes);
    ClosePlan.Order order =
        new ClosePlan.Order(own(ask, view, notes), size, price, ReasonCode.CLOSE_GRANTED);
    return GateResult.granted(
        ClosePlan.of(order, position, view.policy(), "", nowMs).with(size.and(numbers)));
  }

  private static ApplyPlan.Builder own(Ask ask, View view, List<ReasonCode> notes) {
    TradeIntent intent = ask.intent();
    return ApplyPlan.newBuilder()
        .setPlanId(ask.planId())
        .setIntentId(intent.getIntentId())
        .setLeverage(view.position().getLeverage())
        .setSource(intent.getSource())
        .setReason(intent.getReason())
        .setConfidence(intent.getConfidence())
        .setRegime(view.state().map(Regimes::of).orElse(null))
        .setNotes(notes.stream().map(ReasonCode::name).toList())
        .setTrigger(ExitTrigger.INTENT);
  }
}
