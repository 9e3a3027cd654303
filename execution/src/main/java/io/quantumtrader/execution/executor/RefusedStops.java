package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.executor.UnprotectedClose.Sent;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes positions whose stop an exchange in the executor's process refuses as their entry is
 * filled: the price has passed it. On a remote exchange {@link StopKeeper} does that, once it
 * looks. What cannot be closed, or only in part, is tried again every ten seconds for as long as it
 * is open and has no stop.
 */
final class RefusedStops {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedStops.class);

  /**
   * A position without a stop.
   *
   * @param openedBy last fill of its entry
   * @param dueMs when it is closed, or that is tried again, on the clock, epoch milliseconds UTC
   */
  private record Bare(String openedBy, long dueMs) {

    /** A clock that was set back makes it due, too. */
    boolean isDue(long nowMs) {
      return nowMs >= dueMs || dueMs - nowMs > AccountSync.LOOK_MS;
    }
  }

  private final Exchange exchange;
  private final Map<String, Map<String, Bare>> bare = new HashMap<>();

  RefusedStops(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Takes note of a result, in the order they are written or were committed. */
  void note(ApplyResult result) {
    if (result.getOrigin() != ResultOrigin.PLAN || result.getReduceOnly()) {
      return;
    }
    Map<String, Bare> symbols = bare.computeIfAbsent(result.getAccount(), name -> new TreeMap<>());
    if (isStopRefused(result)) {
      String openedBy =
          result.getFill() == null ? result.getPlanId() : result.getFill().getFillId();
      symbols.put(result.getSymbol(), new Bare(openedBy, 0));
    } else if (result.getFill() != null) {
      symbols.remove(result.getSymbol());
    }
  }

  private static boolean isStopRefused(ApplyResult result) {
    return result.getCode().equals(ReasonCode.PROTECTION_REJECTED.name())
        && result.getNumbers().stream()
            .anyMatch(
                number ->
                    number.getName().equals("protection")
                        && number.getValue().equals(Kind.STOP.name()));
  }

  /**
   * Closes what is due.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   * @return the fills, in the order they happened
   */
  List<UnplannedFill> close(String account, long nowMs) {
    List<UnplannedFill> fills = new ArrayList<>();
    Map<String, Bare> symbols = bare.getOrDefault(account, Map.of());
    for (Iterator<Map.Entry<String, Bare>> all = symbols.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, Bare> each = all.next();
      if (!each.getValue().isDue(nowMs)) {
        continue;
      }
      Optional<ExchangePosition> open = open(account, each.getKey(), nowMs);
      if (open.isEmpty()) {
        all.remove();
      } else {
        fills.addAll(close(account, open.get(), each.getValue().openedBy(), nowMs));
        each.setValue(new Bare(each.getValue().openedBy(), nowMs + AccountSync.LOOK_MS));
      }
    }
    return fills;
  }

  private Optional<ExchangePosition> open(String account, String symbol, long nowMs) {
    return exchange.account(account, nowMs).stream()
        .flatMap(state -> state.getPositions().stream())
        .filter(position -> position.getSymbol().equals(symbol))
        .filter(position -> position.getStopPrice() == null)
        .findFirst();
  }

  private List<UnplannedFill> close(
      String account, ExchangePosition position, String openedBy, long nowMs) {
    List<UnplannedFill> fills = new ArrayList<>();
    for (Sent sent :
        UnprotectedClose.send(
            exchange,
            account,
            position.getSymbol(),
            UnprotectedClose.side(position),
            position.getQuantity(),
            openedBy,
            nowMs)) {
      if (sent.outcome() instanceof Accepted accepted) {
        accepted.fills().forEach(fill -> fills.add(unplanned(sent, accepted, fill, position)));
      } else {
        LOG.error(
            "{} {}: it has no stop and could not be closed: {}",
            account,
            position.getSymbol(),
            sent.outcome());
      }
    }
    return fills;
  }

  private static UnplannedFill unplanned(
      Sent sent, Accepted accepted, Fill fill, ExchangePosition position) {
    return new UnplannedFill(
        sent.order().account(),
        sent.order().symbol(),
        ResultOrigin.STOP,
        sent.order().side(),
        true,
        ExitTrigger.STOP_HIT,
        sent.order().clientOrderId(),
        accepted.orderId(),
        fill,
        position.getLeverage());
  }
}
