package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The stops that rest on a twin, as the owner of the accounts has them on the web page. */
final class OwnersStops {

  private final ExchangeTwin twin;

  OwnersStops(ExchangeTwin twin) {
    this.twin = twin;
  }

  /** Cancels a stop of somebody; does nothing where none rests. */
  void cancelOne(Random whose) {
    String account = CrashWorld.ACCOUNTS.get(whose.nextInt(CrashWorld.ACCOUNTS.size()));
    List<TwinAlgoOrder> stops = of(account);
    if (!stops.isEmpty()) {
      cancel(account, stops.get(whose.nextInt(stops.size())));
    }
  }

  /** Cancels the stops of a position. */
  void cancel(String account, String symbol) {
    of(account).stream()
        .filter(stop -> stop.request().symbol().equals(symbol))
        .forEach(stop -> cancel(account, stop));
  }

  private void cancel(String account, TwinAlgoOrder stop) {
    twin.change((core, now) -> core.cancelAlgo(account, Optional.of(stop), now));
  }

  /** Returns whether a stop rests in a symbol. */
  boolean rests(String account, String symbol) {
    return of(account).stream().anyMatch(stop -> stop.request().symbol().equals(symbol));
  }

  private List<TwinAlgoOrder> of(String account) {
    return twin.state().conditionalOrders(account).stream()
        .filter(order -> order.status() == AlgoStatus.NEW)
        .filter(order -> order.request().type().equals("STOP_MARKET"))
        .toList();
  }
}
