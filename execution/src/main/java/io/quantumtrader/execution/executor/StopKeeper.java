package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.MissingProtection;
import io.quantumtrader.execution.decision.MissingProtection.Bare;
import io.quantumtrader.execution.decision.MissingProtection.Unprotected;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement.Unresolved;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that each position on a remote exchange has the stop and the target that the ledger says it
 * has. One that is missing is placed again. A stop that the exchange refuses leaves a position
 * without an end to its loss, so the position is closed, unless the settings say otherwise or a
 * stop rests that somebody else placed, and so is one of which nobody knows where its stop should
 * be ({@link UnknownStops}). Where nothing is open any more, what still rests is cancelled.
 *
 * <p>A plan that has just been sent to place or move a stop sees to it itself.
 */
final class StopKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(StopKeeper.class);

  private final Exchange exchange;
  private final boolean closesUnprotected;
  private final Map<String, Set<String>> seenOpen = new HashMap<>();
  private final ClearingDuty clearing;
  private final UnknownStops unknown;

  /**
   * Creates it.
   *
   * @param closesUnprotected whether a position whose stop is refused is closed
   */
  StopKeeper(Exchange exchange, boolean closesUnprotected) {
    this.exchange = exchange;
    this.closesUnprotected = closesUnprotected;
    this.clearing = new ClearingDuty(exchange);
    this.unknown = new UnknownStops(closesUnprotected);
  }

  /**
   * Looks once, and does what is missing.
   *
   * @param ledger rows of the account by symbol
   * @param unread entries that were executed although not all of their fills can be read
   * @param inFlight symbols in which a plan is about to place or move a stop
   * @return whether anything of a position was changed, so that the account is to be asked for
   *     again
   */
  boolean look(
      ExchangeAccount account,
      Map<String, PositionLedger> ledger,
      List<ApplyPlan> unread,
      Set<String> inFlight,
      long nowMs) {
    List<Unprotected> missing =
        MissingProtection.of(account, ledger, unread, inFlight, exchange::instrument, nowMs);
    account.getPositions().stream()
        .map(ExchangePosition::getSymbol)
        .filter(symbol -> !inFlight.contains(symbol))
        .forEach(symbol -> finish(account.getAccount(), symbol));
    Set<String> closed = new HashSet<>();
    for (Unprotected each : missing) {
      if (!closed.contains(each.order().symbol()) && restore(each, nowMs)) {
        closed.add(each.order().symbol());
      }
    }
    List<Bare> lost =
        unknown.overdue(
            account.getAccount(),
            MissingProtection.unknown(account, ledger, unread, inFlight),
            nowMs);
    lost.forEach(each -> close(account.getAccount(), each, nowMs));
    noteGone(account, inFlight);
    clear(account.getAccount(), inFlight, nowMs);
    return !missing.isEmpty() || !lost.isEmpty();
  }

  private void finish(String account, String symbol) {
    Acknowledgement answer = exchange.finishProtection(account, symbol);
    if (!(answer instanceof Done)) {
      LOG.warn("{} {}: a change of stop or target is not finished: {}", account, symbol, answer);
    }
  }

  /** Returns whether the position was closed because its stop was refused. */
  private boolean restore(Unprotected missing, long nowMs) {
    ProtectiveOrder order = missing.order();
    switch (exchange.protect(order)) {
      case Done done ->
          LOG.warn(
              "{} {}: the {} at {} was missing on the exchange and is placed again",
              order.account(),
              order.symbol(),
              order.kind(),
              plain(order.triggerPrice()));
      case Unresolved unresolved ->
          LOG.warn(
              "{} {}: the {} is missing, and the exchange does not answer: {}",
              order.account(),
              order.symbol(),
              order.kind(),
              unresolved.message());
      case Refused refused -> {
        return refused(missing, refused, nowMs);
      }
    }
    return false;
  }

  private boolean refused(Unprotected missing, Refused refused, long nowMs) {
    ProtectiveOrder order = missing.order();
    boolean closes = order.kind() == Kind.STOP && closesUnprotected && !refused.isForAnother();
    LOG.error(
        "{} {}: the {} at {} is missing and the exchange refuses it ({}: {}){}",
        order.account(),
        order.symbol(),
        order.kind(),
        plain(order.triggerPrice()),
        refused.code(),
        refused.message(),
        closes ? "; the position is closed" : "");
    if (closes) {
      close(missing, nowMs);
    }
    return closes;
  }

  private static String plain(BigDecimal price) {
    return price.stripTrailingZeros().toPlainString();
  }

  private void close(Unprotected missing, long nowMs) {
    ProtectiveOrder order = missing.order();
    close(
        order.account(),
        order.symbol(),
        order.side(),
        missing.quantity(),
        missing.lastFillId(),
        nowMs);
  }

  private void close(String account, Bare bare, long nowMs) {
    ExchangePosition position = bare.position();
    close(
        account,
        position.getSymbol(),
        UnprotectedClose.side(position),
        position.getQuantity(),
        bare.planId(),
        nowMs);
  }

  /**
   * What comes of it the exchange reports as a fill that no plan asked for. What is not executed is
   * found without a stop at the next look.
   */
  private void close(
      String account,
      String symbol,
      OrderSide side,
      BigDecimal quantity,
      String openedBy,
      long nowMs) {
    OrderOutcome outcome =
        UnprotectedClose.send(exchange, account, symbol, side, quantity, openedBy, nowMs)
            .getLast()
            .outcome();
    if (!(outcome instanceof OrderOutcome.Accepted)) {
      LOG.error("{} {}: it could not be closed: {}", account, symbol, outcome);
    }
  }

  /** Notes that something was traded which no plan asked for: a position may be gone by it. */
  void traded(String account, String symbol) {
    clearing.note(account, symbol);
  }

  /**
   * Cancels what rests where nothing is open any more. What is not answered, or refused, is done
   * later, and so is a symbol in which a plan is under way.
   *
   * @param inFlight symbols in which a plan is about to place or move a stop
   */
  void clear(String account, Set<String> inFlight, long nowMs) {
    clearing.clear(account, inFlight, nowMs);
  }

  /** Returns how many positions have no stop because nobody knows where it should be. */
  int unknown() {
    return unknown.count();
  }

  /** Returns in how many symbols what rests could not be cancelled yet. */
  int uncleared() {
    return clearing.owed();
  }

  /** Notes the symbols that were open at the look before and are no longer. */
  private void noteGone(ExchangeAccount account, Set<String> inFlight) {
    Set<String> open = new HashSet<>();
    account.getPositions().forEach(each -> open.add(each.getSymbol()));
    Set<String> seen = seenOpen.computeIfAbsent(account.getAccount(), name -> new HashSet<>());
    for (String symbol : Set.copyOf(seen)) {
      if (!open.contains(symbol) && !inFlight.contains(symbol)) {
        traded(account.getAccount(), symbol);
        seen.remove(symbol);
      }
    }
    seen.addAll(open);
  }
}
