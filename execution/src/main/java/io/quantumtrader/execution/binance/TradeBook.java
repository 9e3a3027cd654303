package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trades of one account, each taken once by symbol and trade id, whoever tells of them and
 * however often. It keeps those that no plan's run reports until they are asked for. No I/O, no
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
  private final Set<String> finished = new HashSet<>();
  private final List<Pending> pending = new ArrayList<>();
  private String lastFillId = "";
  private long lastAtMs;

  TradeBook(String account) {
    this.account = account;
  }

  /**
   * Gives back what was committed: its fills are taken, and a plan with a final result has no run
   * any more that would report another fill of it.
   */
  void restore(List<ApplyResult> results) {
    for (ApplyResult result : results) {
      Fill fill = result.getFill();
      if (fill != null) {
        note(fill.getFillId(), fill.getAtMs());
      }
      if (result.getFinalResult() && WireIds.isPlan(result.getClientOrderId())) {
        finished.add(result.getClientOrderId());
      }
    }
  }

  /** Returns whether a trade was taken before. */
  boolean has(String fillId) {
    return taken.containsKey(fillId);
  }

  /**
   * Takes a trade, unless it was taken before. One of a plan's own order is left to the plan's run,
   * which reports it; only where that run ended before the process began it is reported here, as
   * foreign: otherwise nobody would.
   *
   * @param leverage leverage of the symbol, 1 to 125
   * @return whether it is new and will be reported
   */
  boolean take(Trade trade, OrderFacts facts, String quoteAsset, int leverage) {
    if (has(trade.fillId())) {
      return false;
    }
    note(trade.fillId(), trade.atMs());
    OrderFacts.Origin origin = facts.origin();
    boolean planned = origin.origin() == ResultOrigin.PLAN;
    if (planned && !finished.contains(origin.clientOrderId())) {
      return false;
    }
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
    pending.add(new Pending(trade.tradeId(), fill));
    return true;
  }

  private void note(String fillId, long atMs) {
    taken.put(fillId, atMs);
    if (atMs >= lastAtMs) {
      lastAtMs = atMs;
      lastFillId = fillId;
    }
  }

  /** Returns, once, what is to be reported, in the order it happened. */
  List<UnplannedFill> report() {
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
  }
}
