package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.decision.Decimals.numbers;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees to the protective orders: places stop and target of an entry after its fill, cancels what
 * rests when a close has left nothing to protect, and moves the stop of a position. What a close
 * leaves open keeps its orders; they close what is open when they trigger. Every step may be
 * repeated.
 */
final class Protection {

  /**
   * What came of it.
   *
   * @param settled false where the exchange has not answered and must be asked again
   * @param remark what to say of it
   */
  record Answer(boolean settled, Remark remark) {}

  /** What became of an UPDATE_SL plan. */
  sealed interface Move {

    /**
     * The new stop rests, or a tighter one does.
     *
     * @param stopPrice the trigger of what rests, quote currency
     * @param remark what to say of the target
     */
    record Moved(BigDecimal stopPrice, Remark remark) implements Move {}

    /** The exchange refused the new stop, and the old one is still in place. */
    record NotMoved(Refused refused) implements Move {}

    /** The exchange has not answered and must be asked again. */
    record Open(String message) implements Move {}
  }

  private static final String SILENT = "the exchange does not say what rests";
  private static final Answer SETTLED = new Answer(true, Remark.NONE);

  private final Exchange exchange;

  Protection(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Does what is due after a fill.
   *
   * @param again whether it may have been done, or overtaken, before: a stop that rests and is as
   *     tight or tighter, because it was moved meanwhile, stays
   */
  Answer settle(ApplyPlan plan, boolean again, long nowMs) {
    return plan.getAction() == PlanAction.ENTRY ? place(plan, again, nowMs) : clear(plan, nowMs);
  }

  private Answer place(ApplyPlan plan, boolean again, long nowMs) {
    Answer stop = again ? unlessAsTight(plan, nowMs) : stop(plan, nowMs);
    Answer target = place(plan, Kind.TARGET, plan.getTargetPrice(), nowMs);
    if (!stop.settled() || !target.settled()) {
      return stop.settled() ? target : stop;
    }
    return stop.remark().code().isPresent() ? stop : target;
  }

  private Answer stop(ApplyPlan plan, long nowMs) {
    return place(plan, Kind.STOP, plan.getStopPrice(), nowMs);
  }

  /** Places the stop only where it is known what rests: it might take back one that was moved. */
  private Answer unlessAsTight(ApplyPlan plan, long nowMs) {
    if (plan.getStopPrice() == null) {
      return SETTLED;
    }
    Optional<List<ProtectiveOrder>> resting = resting(plan);
    if (resting.isEmpty()) {
      return unsettled(SILENT);
    }
    return isAsTight(resting.get(), plan, nowMs) ? SETTLED : stop(plan, nowMs);
  }

  private Optional<List<ProtectiveOrder>> resting(ApplyPlan plan) {
    return exchange.protection(plan.getAccount(), plan.getSymbol());
  }

  private Answer place(ApplyPlan plan, Kind kind, BigDecimal wanted, long nowMs) {
    if (wanted == null) {
      return SETTLED;
    }
    ProtectiveOrder order = order(plan, kind, wanted, nowMs);
    return answer(kind.name(), order.triggerPrice(), exchange.protect(order));
  }

  private boolean isAsTight(List<ProtectiveOrder> rests, ApplyPlan plan, long nowMs) {
    ProtectiveOrder wanted = order(plan, Kind.STOP, plan.getStopPrice(), nowMs);
    return rests.stream().anyMatch(resting -> tighterBy(resting, wanted) >= 0);
  }

  /** Returns above 0 for a stop that is tighter than another, 0 for one at the same trigger. */
  private static int tighterBy(ProtectiveOrder resting, ProtectiveOrder wanted) {
    if (resting.kind() != Kind.STOP || resting.side() != wanted.side()) {
      return -1;
    }
    int higher = resting.triggerPrice().compareTo(wanted.triggerPrice());
    return wanted.isBelow() ? higher : -higher;
  }

  /** Returns the order that a plan asks for, its trigger on the tick. */
  private ProtectiveOrder order(ApplyPlan plan, Kind kind, BigDecimal wanted, long nowMs) {
    boolean isLong = (plan.getSide() == OrderSide.BUY) != plan.getReduceOnly();
    boolean below = isLong == (kind == Kind.STOP);
    BigDecimal price =
        exchange
            .instrument(plan.getSymbol())
            .map(Instrument::getTickSize)
            .map(tick -> PriceGrid.trigger(wanted, tick, below))
            .orElse(wanted);
    return new ProtectiveOrder(
        plan.getAccount(),
        plan.getSymbol(),
        isLong ? OrderSide.SELL : OrderSide.BUY,
        kind,
        price,
        ClientOrderIds.of(plan.getPlanId(), kind),
        nowMs,
        kind == Kind.STOP ? firesAs(plan) : kind.first());
  }

  private static ExitTrigger firesAs(ApplyPlan plan) {
    boolean moved =
        plan.getTrigger() == ExitTrigger.PROFIT_LOCK
            || plan.getTrigger() == ExitTrigger.TRAILING_STOP;
    return moved ? plan.getTrigger() : Kind.STOP.first();
  }

  /**
   * Puts the stop of an UPDATE_SL plan in the place of the one that rests, then the target where
   * the plan names another one. The exchange replaces an order or refuses and keeps the old one, so
   * that the position is never without a stop in between.
   *
   * <p>A stop is moved to be tighter than the ledger's. Where one rests that is tighter still, the
   * ledger is behind the exchange, as after the restore of an old backup: that one stays, and the
   * ledger learns of it.
   */
  Move move(ApplyPlan plan, long nowMs) {
    ProtectiveOrder stop = order(plan, Kind.STOP, plan.getStopPrice(), nowMs);
    Optional<List<ProtectiveOrder>> rests = resting(plan);
    if (rests.isEmpty()) {
      return new Move.Open(SILENT);
    }
    Optional<ProtectiveOrder> tighter =
        rests.get().stream().filter(resting -> tighterBy(resting, stop) > 0).findFirst();
    if (tighter.isPresent()) {
      return moveTarget(plan, tighter.get().triggerPrice(), nowMs);
    }
    return switch (exchange.protect(stop)) {
      case Done done -> moveTarget(plan, stop.triggerPrice(), nowMs);
      case Refused refused -> new Move.NotMoved(refused);
      case Unresolved unresolved -> new Move.Open(unresolved.message());
    };
  }

  /** Goes on with a plan that may have been sent; empty where its stop does not rest. */
  Optional<Move> resume(ApplyPlan plan, long nowMs) {
    Optional<List<ProtectiveOrder>> rests = resting(plan);
    if (rests.isEmpty()) {
      return Optional.of(new Move.Open(SILENT));
    }
    String id = ClientOrderIds.of(plan.getPlanId(), Kind.STOP);
    return rests.get().stream()
        .filter(resting -> resting.clientOrderId().equals(id))
        .findFirst()
        .map(resting -> moveTarget(plan, resting.triggerPrice(), nowMs));
  }

  private Move moveTarget(ApplyPlan plan, BigDecimal stopPrice, long nowMs) {
    if (plan.getTargetPrice() == null) {
      return new Move.Moved(stopPrice, Remark.NONE);
    }
    Optional<List<ProtectiveOrder>> rests = resting(plan);
    if (rests.isEmpty()) {
      return new Move.Open(SILENT);
    }
    if (isTargetInPlace(rests.get(), plan, nowMs)) {
      return new Move.Moved(stopPrice, Remark.NONE);
    }
    Answer target = place(plan, Kind.TARGET, plan.getTargetPrice(), nowMs);
    return target.settled()
        ? new Move.Moved(stopPrice, target.remark())
        : new Move.Open(target.remark().message());
  }

  private boolean isTargetInPlace(List<ProtectiveOrder> rests, ApplyPlan plan, long nowMs) {
    BigDecimal wanted = order(plan, Kind.TARGET, plan.getTargetPrice(), nowMs).triggerPrice();
    return rests.stream()
        .filter(resting -> resting.kind() == Kind.TARGET)
        .anyMatch(resting -> resting.triggerPrice().compareTo(wanted) == 0);
  }

  private Answer clear(ApplyPlan plan, long nowMs) {
    return answer(
        "CANCEL",
        BigDecimal.ZERO,
        exchange.clearProtection(plan.getAccount(), plan.getSymbol(), nowMs));
  }

  private static Answer answer(String what, BigDecimal trigger, Acknowledgement acknowledgement) {
    return switch (acknowledgement) {
      case Done done -> SETTLED;
      case Unresolved unresolved -> unsettled(unresolved.message());
      case Refused refused -> {
        List<NumberOf> numbers =
            new ArrayList<>(
                numbers("protection", what, "triggerPrice", trigger, "code", refused.code()));
        numbers.addAll(refused.numbers());
        yield new Answer(
            true, Remark.of(ReasonCode.PROTECTION_REJECTED, numbers, refused.message()));
      }
    };
  }

  private static Answer unsettled(String message) {
    return new Answer(false, Remark.of(ReasonCode.EXCHANGE_UNRESOLVED, List.of(), message));
  }
}
