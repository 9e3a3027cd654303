package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long positions on the twin are without a stop, seen whenever it looks. */
final class BareTime {

  private final ExchangeTwin twin;
  private final Map<String, Long> sinceMs = new HashMap<>();
  private long longestMs;

  BareTime(ExchangeTwin twin) {
    this.twin = twin;
  }

  /** Returns how long a position was without a stop at the most, milliseconds. */
  long longestMs() {
    return longestMs;
  }

  /** Looks once. */
  void look(long nowMs) {
    List<String> bare = bare();
    sinceMs.keySet().retainAll(bare);
    for (String each : bare) {
      long since = sinceMs.computeIfAbsent(each, key -> nowMs);
      longestMs = Math.max(longestMs, nowMs - since);
    }
  }

  /** Returns the symbols in which a position is open on the exchange and no stop rests. */
  private List<String> bare() {
    List<String> bare = new ArrayList<>();
    for (String account : CrashWorld.ACCOUNTS) {
      List<String> stopped =
          twin.state().conditionalOrders(account).stream()
              .filter(order -> order.status() == AlgoStatus.NEW)
              .filter(order -> order.request().type().equals("STOP_MARKET"))
              .map(order -> order.request().symbol())
              .toList();
      twin.state().positions(account).stream()
          .map(position -> position.symbol())
          .filter(symbol -> !stopped.contains(symbol))
          .forEach(symbol -> bare.add(account + ":" + symbol));
    }
    return bare;
  }
}
