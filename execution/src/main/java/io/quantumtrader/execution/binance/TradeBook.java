package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trades of one account, each taken once by symbol and trade id, whoever tells of them and
 * however often. Those of a plan's order are the run's to report for as long as there is a run;
 * those that no run has reported, and all others, are kept until they are asked for. No I/O, no
 * clock; of one thread.
 */
final class TradeBook {

  private record Pending(long tradeId, UnplannedFill fill) {}

  private static final Comparator<Pending> IN_ORDER =
      Comparator.<Pending>comparingLong(each -> each.fill().fill().getAtMs())
          .thenComparing(each -> each.fill().symbol())
          .thenComparingLong(Pending::tradeId);

  private final String account;
  private final Map<String, Long> taken = new HashMap<>();
  private final Map<String, Long> adoptedAtMs = new HashMap<>();
  private final Map<String, Long> orders = new HashMap<>();
  private final Map<String, Pending> ofPlans = new LinkedHashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private Set<String> runs = Set.of();
  private String lastFillId = "";
  private long lastAtMs;

  TradeBook(String account) {
    this.account = account;
  }

  /**
   * Gives back what was committed: its fills are taken, their orders are known to be executed, and
   * what was adopted is booked whole.
   */
  void restore(List<ApplyResult> results) {
    for (ApplyResult result : results) {
      Fill fill = result.getFill();
      if (fill != null) {
        note(fill.getFillId(), fill.getAtMs());
        noteOrder(result.getClientOrderId(), fill.getAtMs());
        if (result.getOrigin() == ResultOrigin.ADOPTED) {
          adopted(result.getSymbol(), fill.getAtMs());
        }
      }
    }
  }

  /**
   * Assumes that the position in a symbol is booked as it was at a time: the trades up to then are
   * contained in it.
   *
   * @param atMs exchange time, epoch milliseconds UTC
   */
  void adopted(String symbol, long atMs) {
    adoptedAtMs.merge(symbol, atMs, Math::max);
  }

  /** Says which orders have a run that reports their fills, by client order id. */
  void runs(Set<String> clientOrderIds) {
    runs = clientOrderIds;
  }

  /** Notes what a run was told of its order, by client order id, and reports. */
  void toldToRun(String clientOrderId, List<Fill> fills) {
    for (Fill fill : fills) {
      note(fill.getFillId(), fill.getAtMs());
      noteOrder(clientOrderId, fill.getAtMs());
      ofPlans.remove(fill.getFillId());
    }
  }

  /** Returns whether a trade was taken before. */
  boolean has(String fillId) {
    return taken.containsKey(fillId);
  }

  /** Returns whether trades of a plan's order are known: it was executed, by whomever. */
  boolean hasOrder(String clientOrderId) {
    return orders.containsKey(clientOrderId);
  }

  /**
   * Takes a trade, unless it was taken before. One of a plan's own order waits for the plan's run.
   *
   * @param leverage leverage of the symbol, 1 to 125
   */
  void take(Trade trade, OrderFacts facts, String quoteAsset, int leverage) {
    if (has(trade.fillId())) {
      return;
    }
    note(trade.fillId(), trade.atMs());
    if (trade.atMs() <= adoptedAtMs.getOrDefault(trade.symbol(), Long.MIN_VALUE)) {
      return;
    }
    OrderFacts.Origin origin = facts.origin();
    boolean planned = origin.origin() == ResultOrigin.PLAN;
    UnplannedFill fill =
        new UnplannedFill(
            account,
            trade.symbol(),
            planned ? ResultOrigin.FOREIGN : origin.origin(),
            trade.side(),
            facts.closes(),
            origin.trigger(),
            origin.clientOrderId(),
            Long.toString(trade.orderId()),
            trade.fill(quoteAsset),
            leverage);
    Pending told = new Pending(trade.tradeId(), fill);
    if (planned) {
      noteOrder(origin.clientOrderId(), trade.atMs());
      ofPlans.put(trade.fillId(), told);
    } else {
      pending.add(told);
    }
  }

  private void noteOrder(String clientOrderId, long atMs) {
    if (WireIds.isPlan(clientOrderId)) {
      orders.merge(clientOrderId, atMs, Math::max);
    }
  }

  private void note(String fillId, long atMs) {
    taken.put(fillId, atMs);
    if (atMs >= lastAtMs) {
      lastAtMs = atMs;
      lastFillId = fillId;
    }
  }

  /**
   * Returns, once, what is to be reported, in the order it happened. A fill of a plan's order is
   * among it, as foreign, where the plan has no run: one that ended, or another process's.
   */
  List<UnplannedFill> report() {
    for (Pending each : List.copyOf(ofPlans.values())) {
      if (!runs.contains(each.fill().clientOrderId())) {
        pending.add(each);
        ofPlans.remove(each.fill().fill().getFillId());
      }
    }
    pending.sort(IN_ORDER);
    List<UnplannedFill> reported = pending.stream().map(Pending::fill).toList();
    pending.clear();
    return reported;
  }

  /** Returns the id of the latest trade, or empty where there was none. */
  String lastFillId() {
    return lastFillId;
  }

  /** Forgets trades before a time. Those are not to be offered again. */
  void forgetBefore(long exchangeMs) {
    taken.values().removeIf(atMs -> atMs < exchangeMs);
    orders.values().removeIf(atMs -> atMs < exchangeMs);
    adoptedAtMs.values().removeIf(atMs -> atMs < exchangeMs);
  }
}
