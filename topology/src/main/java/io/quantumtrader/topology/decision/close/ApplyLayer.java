package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Denial;
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
   * @param side side of the closing order
   * @param quantity base units asked for; empty: all
   */
  public record Ask(
      String planId, TradeIntent intent, OrderSide side, Optional<BigDecimal> quantity) {}

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

  /** What the apply layer makes of a close. */
  public sealed interface Ruling {}

  /** The close ends here. */
  public record Denied(Denial denial) implements Ruling {}

  /**
   * The close is granted.
   *
   * @param plan the order with its permit (p26) inside
   * @param inFlight what keeps other closes of the position back until the plan's final result
   */
  public record Granted(ApplyPlan plan, OpenPlan inFlight, Numbers numbers) implements Ruling {}

  /**
   * Returns the plan of a close, or why there is none.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static Ruling rule(Ask ask, View view, long nowMs) {
    Optional<OpenPlan> other = closeInFlight(view);
    if (other.isPresent()) {
      return new Denied(
          new Denial(
              ReasonCode.EXIT_IN_FLIGHT,
              Numbers.none()
                  .and("planInFlight", other.get().getPlanId())
                  .and("grantedMsAgo", nowMs - other.get().getGrantedAtMs())));
    }
    PositionLedger position = view.position();
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
    return new Granted(
        Decimals.requireFit(plan(ask, view, size, price, notes, nowMs)),
        inFlight(ask, view, size, price, nowMs),
        numbers);
  }

  private static Optional<OpenPlan> closeInFlight(View view) {
    return view.openPlans().stream()
        .filter(plan -> plan.getAction() != PlanAction.ENTRY)
        .filter(plan -> plan.getPositionId().equals(view.position().getPositionId()))
        .findFirst();
  }

  private static ApplyPlan plan(
      Ask ask,
      View view,
      CloseQuantity size,
      BigDecimal price,
      List<ReasonCode> notes,
      long nowMs) {
    TradeIntent intent = ask.intent();
    return ApplyPlan.newBuilder()
        .setPlanId(ask.planId())
        .setAccount(intent.getAccount())
        .setSymbol(intent.getSymbol())
        .setSide(ask.side())
        .setAction(size.action())
        .setReduceOnly(true)
        .setQuantity(size.quantity())
        .setPrice(Decimals.cash(price))
        .setLeverage(view.position().getLeverage())
        .setMargin(Decimals.ZERO)
        .setNotional(Decimals.cash(size.quantity().multiply(price)))
        .setPermit(permit(ask, view, size, nowMs))
        .setIntentId(intent.getIntentId())
        .setPositionId(view.position().getPositionId())
        .setSource(intent.getSource())
        .setReason(intent.getReason())
        .setConfidence(intent.getConfidence())
        .setRegime(view.state().map(Regimes::of).orElse(null))
        .setNotes(notes.stream().map(ReasonCode::name).toList())
        .setPolicyName(view.policy().getName())
        .setPolicyVersion(view.policy().getVersion())
        .setCreatedAtMs(nowMs)
        .setTrigger(ExitTrigger.INTENT)
        .build();
  }

  private static Permit permit(Ask ask, View view, CloseQuantity size, long nowMs) {
    return Permit.newBuilder()
        .setPlanId(ask.planId())
        .setAccount(ask.intent().getAccount())
        .setSymbol(ask.intent().getSymbol())
        .setKind(PermitKind.P26)
        .setGrantedAtMs(nowMs)
        .setExpiresAtMs(nowMs + view.policy().getPermitMs())
        .setQuantity(size.quantity())
        .setPositionQuantity(Sides.signedQuantity(view.position()))
        .setReason(ReasonCode.CLOSE_GRANTED.name())
        .build();
  }

  private static OpenPlan inFlight(
      Ask ask, View view, CloseQuantity size, BigDecimal price, long nowMs) {
    return OpenPlan.newBuilder()
        .setPlanId(ask.planId())
        .setAccount(ask.intent().getAccount())
        .setSymbol(ask.intent().getSymbol())
        .setAction(size.action())
        .setSide(ask.side())
        .setPositionId(view.position().getPositionId())
        .setQuantity(size.quantity())
        .setFilledQuantity(Decimals.ZERO)
        .setMargin(Decimals.ZERO)
        .setNotional(Decimals.cash(size.quantity().multiply(price)))
        .setGrantedAtMs(nowMs)
        .setTrigger(ExitTrigger.INTENT)
        .build();
  }
}
