package io.quantumtrader.execution.decision;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which protective orders a position should have and has not. */
public final class MissingProtection {

  /**
   * An order that is missing.
   *
   * @param order the order, to be placed
   * @param quantity what is open and booked, base units, above 0: no more is to be closed
   * @param lastFillId last fill of the position in the ledger; where the ledger has none yet, the
   *     id of the plan that opened it
   */
  public record Unprotected(ProtectiveOrder order, BigDecimal quantity, String lastFillId) {}

  /**
   * A position of which it is not known where its stop should be.
   *
   * @param position as the exchange has it, without a stop of ours
   * @param planId the entry's plan, which cannot be read any more
   */
  public record Bare(ExchangePosition position, String planId) {}

  private MissingProtection() {}

  /**
   * Returns the positions that have no stop of ours, that the ledger does not have yet, and whose
   * entry's plan cannot be read any more.
   *
   * @param ledger rows of the account by symbol
   * @param unread entries that were executed although not all of their fills can be read
   * @param inFlight symbols in which a plan is under way; they are left to it
   */
  public static List<Bare> unknown(
      ExchangeAccount account,
      Map<String, PositionLedger> ledger,
      List<ApplyPlan> unread,
      Set<String> inFlight) {
    List<Bare> bare = new ArrayList<>();
    for (ExchangePosition position : account.getPositions()) {
      if (isUnbooked(position, ledger)
          && position.getStopPrice() == null
          && !inFlight.contains(position.getSymbol())) {
        unread.stream()
            .filter(plan -> opens(plan, position))
            .filter(ResultRecords::isOfResult)
            .findFirst()
            .ifPresent(plan -> bare.add(new Bare(position, plan.getPlanId())));
      }
    }
    return bare;
  }

  private static boolean isUnbooked(ExchangePosition position, Map<String, PositionLedger> ledger) {
    PositionLedger row = ledger.get(position.getSymbol());
    return row == null || row.getSide() != position.getSide();
  }

  /**
   * Returns what is missing: of each open position that the ledger has on the same side, the stop
   * and the target that its row names and that do not rest. A row that names none asks for none. A
   * position that the ledger does not have yet should have what the entry's plan names.
   *
   * @param ledger rows of the account by symbol
   * @param unread entries that were executed although not all of their fills can be read
   * @param inFlight symbols in which a plan is under way; they are left to it
   * @param instrument what the exchange accepts in a symbol
   * @param nowMs the clock, epoch milliseconds UTC
   */
  public static List<Unprotected> of(
      ExchangeAccount account,
      Map<String, PositionLedger> ledger,
      List<ApplyPlan> unread,
      Set<String> inFlight,
      Function<String, Optional<Instrument>> instrument,
      long nowMs) {
    List<Unprotected> missing = new ArrayList<>();
    for (ExchangePosition position : account.getPositions()) {
      PositionLedger row = ledger.get(position.getSymbol());
      if (inFlight.contains(position.getSymbol())) {
        continue;
      }
      if (isUnbooked(position, ledger)) {
        unread.stream()
            .filter(plan -> opens(plan, position))
            .forEach(plan -> missing.addAll(ofEntry(plan, position, instrument, nowMs)));
        continue;
      }
      if (position.getStopPrice() == null && stop(row) != null) {
        missing.add(unprotected(account, position, row, Kind.STOP, stop(row), instrument, nowMs));
      }
      if (position.getTargetPrice() == null && row.getTargetPrice() != null) {
        missing.add(
            unprotected(
                account, position, row, Kind.TARGET, row.getTargetPrice(), instrument, nowMs));
      }
    }
    return missing;
  }

  private static boolean opens(ApplyPlan plan, ExchangePosition position) {
    boolean isLong = position.getSide() == PositionSide.LONG;
    return plan.getSymbol().equals(position.getSymbol())
        && plan.getSide() == (isLong ? OrderSide.BUY : OrderSide.SELL);
  }

  /** With the plan's own ids: once the fills can be read, the plan finds its orders in place. */
  private static List<Unprotected> ofEntry(
      ApplyPlan plan,
      ExchangePosition position,
      Function<String, Optional<Instrument>> instrument,
      long nowMs) {
    List<Unprotected> missing = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      BigDecimal wanted = kind == Kind.STOP ? plan.getStopPrice() : plan.getTargetPrice();
      BigDecimal rests = kind == Kind.STOP ? position.getStopPrice() : position.getTargetPrice();
      if (wanted == null || rests != null) {
        continue;
      }
      boolean below = (position.getSide() == PositionSide.LONG) == (kind == Kind.STOP);
      ProtectiveOrder order =
          new ProtectiveOrder(
              plan.getAccount(),
              plan.getSymbol(),
              plan.getSide() == OrderSide.BUY ? OrderSide.SELL : OrderSide.BUY,
              kind,
              onTick(position, wanted, below, instrument),
              ClientOrderIds.of(plan.getPlanId(), kind),
              nowMs);
      missing.add(new Unprotected(order, position.getQuantity(), plan.getPlanId()));
    }
    return missing;
  }

  private static BigDecimal onTick(
      ExchangePosition position,
      BigDecimal wanted,
      boolean below,
      Function<String, Optional<Instrument>> instrument) {
    return instrument
        .apply(position.getSymbol())
        .map(known -> PriceGrid.trigger(wanted, known.getTickSize(), below))
        .orElse(wanted);
  }

  private static BigDecimal stop(PositionLedger row) {
    return row.getStopPrice() == null && row.getRisk() != null
        ? row.getRisk().getInitialStop()
        : row.getStopPrice();
  }

  private static Unprotected unprotected(
      ExchangeAccount account,
      ExchangePosition position,
      PositionLedger row,
      Kind kind,
      BigDecimal wanted,
      Function<String, Optional<Instrument>> instrument,
      long nowMs) {
    boolean isLong = position.getSide() == PositionSide.LONG;
    boolean below = isLong == (kind == Kind.STOP);
    BigDecimal price = onTick(position, wanted, below, instrument);
    ProtectiveOrder order =
        new ProtectiveOrder(
            account.getAccount(),
            position.getSymbol(),
            isLong ? OrderSide.SELL : OrderSide.BUY,
            kind,
            price,
            ClientOrderIds.restored(
                account.getAccount(),
                position.getSymbol(),
                row.getLastFillId() + ":" + price.toPlainString(),
                kind),
            nowMs,
            kind == Kind.STOP ? firesAs(row) : kind.first());
    // What the ledger does not have is not ours to close.
    return new Unprotected(
        order, position.getQuantity().min(row.getQuantity()), row.getLastFillId());
  }

  /** Which of the two ways moved a stop the ledger does not say; trailing is the more frequent. */
  private static ExitTrigger firesAs(PositionLedger row) {
    boolean moved =
        row.getStopPrice() != null
            && row.getRisk() != null
            && row.getStopPrice().compareTo(row.getRisk().getInitialStop()) != 0;
    return moved ? ExitTrigger.TRAILING_STOP : Kind.STOP.first();
  }
}
