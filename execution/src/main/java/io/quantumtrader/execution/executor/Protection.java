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
import io.quantumtrader.schemas.avro.ExchangeAccount;
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
 * Sees to the protective orders after a fill: places stop and target of an entry, and cancels what
 * rests when a close has left nothing to protect. Every step may be repeated.
 */
final class Protection {

  /**
   * What came of it.
   *
   * @param settled false where the exchange has not answered and must be asked again
   * @param remark what to say of it
   */
  record Answer(boolean settled, Remark remark) {}

  private static final Answer SETTLED = new Answer(true, Remark.NONE);

  private final Exchange exchange;

  Protection(Exchange exchange) {
    this.exchange = exchange;
  }

  Answer settle(ApplyPlan plan, long nowMs) {
    return plan.getAction() == PlanAction.ENTRY ? place(plan, nowMs) : clear(plan, nowMs);
  }

  private Answer place(ApplyPlan plan, long nowMs) {
    Answer stop = place(plan, Kind.STOP, plan.getStopPrice(), nowMs);
    Answer target = place(plan, Kind.TARGET, plan.getTargetPrice(), nowMs);
    if (!stop.settled() || !target.settled()) {
      return stop.settled() ? target : stop;
    }
    return stop.remark().code().isPresent() ? stop : target;
  }

  private Answer place(ApplyPlan plan, Kind kind, BigDecimal wanted, long nowMs) {
    if (wanted == null) {
      return SETTLED;
    }
    boolean isLong = plan.getSide() == OrderSide.BUY;
    boolean below = isLong == (kind == Kind.STOP);
    BigDecimal trigger =
        exchange
            .instrument(plan.getSymbol())
            .map(Instrument::getTickSize)
            .map(tick -> PriceGrid.trigger(wanted, tick, below))
            .orElse(wanted);
    ProtectiveOrder order =
        new ProtectiveOrder(
            plan.getAccount(),
            plan.getSymbol(),
            isLong ? OrderSide.SELL : OrderSide.BUY,
            kind,
            trigger,
            ClientOrderIds.of(plan.getPlanId(), kind),
            nowMs);
    return answer(kind.name(), trigger, exchange.protect(order));
  }

  private Answer clear(ApplyPlan plan, long nowMs) {
    Optional<ExchangeAccount> account = exchange.account(plan.getAccount(), nowMs);
    if (account.isEmpty()) {
      return unsettled("the exchange does not say whether the position is gone");
    }
    boolean open =
        account.get().getPositions().stream()
            .anyMatch(position -> position.getSymbol().equals(plan.getSymbol()));
    return open
        ? SETTLED
        : answer(
            "CANCEL",
            BigDecimal.ZERO,
            exchange.cancelProtection(plan.getAccount(), plan.getSymbol(), nowMs));
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
