package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.PlanIds;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.SymbolLocks;
import io.quantumtrader.topology.decision.heat.HeatGate;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a close that was too large for one market order. It is planned as soon as the
 * part before it has its final result with a fill, whatever asked for the close. A part that ends
 * without a fill ends the close: what protects, an operator's order and the liquidation guard ask
 * again by themselves.
 */
public final class CloseRest {

  /** Who asks for the rest, in the plan. */
  public static final String SOURCE = "apply_layer";

  private CloseRest() {}

  /**
   * What the apply layer looked at.
   *
   * @param policy policy that holds
   * @param tradingState trading state that holds
   * @param locks operators' locks of symbols, of any symbol
   * @param position ledger row of the symbol after the part before it, open
   * @param openPlans plans of the account without a final result
   * @param instrument the exchange's filters for the symbol
   */
  public record View(
      Policy policy,
      TradingState tradingState,
      List<SymbolLock> locks,
      PositionLedger position,
      Collection<OpenPlan> openPlans,
      Optional<Instrument> instrument) {}

  /**
   * A part of a close that has been filled, with what is left.
   *
   * @param part its plan
   * @param rest what is left: what was kept for later, and what the part itself did not fill; base
   *     units, above 0
   * @param price price of its last fill, quote currency, above 0
   */
  public record Ask(OpenPlan part, BigDecimal rest, BigDecimal price) {}

  /**
   * Returns what is to follow after the final result of a plan.
   *
   * @param row ledger row after the result
   */
  public static Optional<Ask> after(
      OpenPlan plan, ApplyResult result, Optional<PositionLedger> row) {
    boolean filled =
        result.getOutcome() == ResultOutcome.FILLED
            || result.getOutcome() == ResultOutcome.PARTIALLY_FILLED;
    boolean open =
        row.filter(Sides::isOpen)
            .filter(each -> each.getPositionId().equals(plan.getPositionId()))
            .isPresent();
    return filled && open && plan.getRestQuantity() != null
        ? Optional.of(new Ask(plan, rest(plan, result), price(plan, result)))
        : Optional.empty();
  }

  private static BigDecimal rest(OpenPlan plan, ApplyResult result) {
    BigDecimal unfilled = plan.getQuantity().subtract(result.getFilledQuantity());
    return plan.getRestQuantity().add(unfilled.max(BigDecimal.ZERO));
  }

  private static BigDecimal price(OpenPlan plan, ApplyResult result) {
    return result.getFill() != null && Decimals.isPositive(result.getFill().getPrice())
        ? result.getFill().getPrice()
        : Decimals.quotient(plan.getNotional(), plan.getQuantity());
  }

  /**
   * Returns the plan of the rest, or why there is none.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<ClosePlan> rule(Ask ask, View view, long nowMs) {
    OpenPlan part = ask.part();
    boolean halted = view.tradingState() == TradingState.HALTED;
    if (halted && !HeatGate.isProtective(part.getTrigger())) {
      return GateResult.denied(
          ReasonCode.TRADING_HALTED,
          Numbers.none()
              .and("tradingState", view.tradingState().name())
              .and("trigger", part.getTrigger().name())
              .and("rest", ask.rest()));
    }
    Optional<Finding> locked =
        SymbolLocks.ofExits(view.locks(), part.getSymbol(), part.getTrigger(), nowMs);
    if (locked.isPresent()) {
      return GateResult.denied(locked.get().code(), locked.get().numbers().and("rest", ask.rest()));
    }
    // A stop that is being moved does not keep back what was granted before.
    Optional<OpenPlan> other =
        CloseInFlight.holdingBack(view.openPlans(), part.getPositionId(), ExitTrigger.INTENT);
    if (other.isPresent()) {
      return GateResult.denied(CloseInFlight.denial(other.get(), nowMs));
    }
    PositionLedger position = view.position();
    CloseQuantity size =
        CloseQuantity.of(
            Optional.of(ask.rest()), position.getQuantity(), view.instrument(), ask.price());
    Numbers numbers =
        Numbers.none()
            .and("planBefore", part.getPlanId())
            .and("quantity", size.quantity())
            .and("open", Sides.signedQuantity(position))
            .and("price", ask.price());
    ClosePlan.Order order =
        new ClosePlan.Order(own(part, position), size, ask.price(), ReasonCode.CLOSE_REST_GRANTED);
    return GateResult.granted(
        ClosePlan.of(order, position, view.policy(), part.getExitKey(), nowMs)
            .with(size.and(numbers)));
  }

  private static ApplyPlan.Builder own(OpenPlan part, PositionLedger position) {
    return ApplyPlan.newBuilder()
        .setPlanId(PlanIds.ofRest(part.getAccount(), part.getPlanId()))
        .setIntentId("")
        .setLeverage(Math.max(1, position.getLeverage()))
        .setSource(SOURCE)
        .setReason("rest of " + part.getPlanId())
        .setNotes(List.of())
        .setTrigger(part.getTrigger())
        .setRung(part.getRung());
  }
}
