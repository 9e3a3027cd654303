package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a simulated exchange did without a plan. It forgets nothing; which of it was reported is
 * known to each executor by itself, from the committed results and from what it has reported since.
 */
final class SimulatedLink implements MarketLink {

  private final BooleanSupplier silent;
  private final Map<String, List<Told>> happened = new HashMap<>();
  private Map<String, Set<String>> reported = new HashMap<>();
  private Map<String, Set<String>> reportedByReplaced = new HashMap<>();

  /** A fill, and when it can be heard of, epoch ms. */
  private record Told(UnplannedFill fill, long fromMs) {}

  /**
   * Creates it.
   *
   * @param silent whether nothing is to be heard now
   */
  SimulatedLink(BooleanSupplier silent) {
    this.silent = silent;
  }

  /**
   * Lets the executor that works be the replaced one from now on; the next one knows nothing yet.
   */
  void replace() {
    reportedByReplaced = reported;
    reported = new HashMap<>();
  }

  /** Has something done by the executor that was replaced, which knows what it knew. */
  boolean byReplaced(BooleanSupplier what) {
    swap();
    try {
      return what.getAsBoolean();
    } finally {
      swap();
    }
  }

  private void swap() {
    Map<String, Set<String>> other = reportedByReplaced;
    reportedByReplaced = reported;
    reported = other;
  }

  /** Notes what protective orders did. */
  void happened(String account, List<UnplannedFill> fills, long fromMs) {
    List<Told> of = happened.computeIfAbsent(account, any -> new ArrayList<>());
    fills.forEach(fill -> of.add(new Told(fill, fromMs)));
  }

  /** Notes what an order did that closed a position without a stop. */
  void unprotected(MarketOrder order, Accepted accepted, long fromMs) {
    note(order, accepted, ResultOrigin.STOP, ExitTrigger.STOP_HIT, fromMs);
  }

  /** Notes what an order of somebody else did. */
  void foreign(MarketOrder order, Accepted accepted, long fromMs) {
    note(order, accepted, ResultOrigin.FOREIGN, ExitTrigger.NONE, fromMs);
  }

  private void note(
      MarketOrder order, Accepted accepted, ResultOrigin origin, ExitTrigger trigger, long fromMs) {
    for (Fill fill : accepted.fills()) {
      UnplannedFill unplanned =
          new UnplannedFill(
              order.account(),
              order.symbol(),
              origin,
              order.side(),
              order.reduceOnly(),
              trigger,
              order.clientOrderId(),
              accepted.orderId(),
              fill,
              1);
      boolean known =
          happened.getOrDefault(order.account(), List.of()).stream()
              .anyMatch(each -> each.fill().fill().getFillId().equals(fill.getFillId()));
      if (!known) {
        happened(order.account(), List.of(unplanned), fromMs);
      }
    }
  }

  @Override
  public boolean takesMarks() {
    return false;
  }

  @Override
  public boolean rollsBack() {
    return false;
  }

  @Override
  public List<UnplannedFill> unplanned(String account, long nowMs) {
    List<UnplannedFill> fills = new ArrayList<>();
    if (silent.getAsBoolean()) {
      return fills;
    }
    Set<String> known = reported.computeIfAbsent(account, any -> new HashSet<>());
    for (Told each : happened.getOrDefault(account, List.of())) {
      if (each.fromMs() <= nowMs && known.add(each.fill().fill().getFillId())) {
        fills.add(each.fill());
      }
    }
    return fills;
  }

  @Override
  public List<ExchangeIncome> income(String account, long nowMs) {
    return List.of();
  }

  /** What was committed was reported; what was only said was not. */
  @Override
  public void restore(String account, Optional<ExchangeAccount> last, List<ApplyResult> results) {
    Set<String> known = new HashSet<>();
    for (ApplyResult result : results) {
      if (result.getFill() != null) {
        known.add(result.getFill().getFillId());
      }
    }
    reported.put(account, known);
  }

  @Override
  public void forget(String account) {
    reported.remove(account);
  }

  /** It has a market of its own. */
  @Override
  public void see(Candle candle) {}

  @Override
  public void list(Instrument instrument) {}

  @Override
  public void restore(Instrument instrument) {}

  @Override
  public void expireOrders(long beforeMs) {}
}
