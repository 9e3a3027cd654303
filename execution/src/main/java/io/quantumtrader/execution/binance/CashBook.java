package io.quantumtrader.execution.binance;

import io.quantumtrader.schemas.avro.ExchangeIncome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cash that came or went in one account, each once by its id and asset: what moves several assets
 * at once has one id. No I/O, no clock; of one thread.
 */
final class CashBook {

  private final String account;
  private final String quoteAsset;
  private final Map<String, Long> taken = new HashMap<>();
  private final List<Income> pending = new ArrayList<>();

  CashBook(String account, String quoteAsset) {
    this.account = account;
    this.quoteAsset = quoteAsset;
  }

  /** Gives back what was committed: it is not told again. */
  void restore(List<ExchangeIncome> told) {
    told.forEach(
        each -> taken.put(key(each.getIncomeId(), each.getAsset()), each.getExchangeAtMs()));
  }

  /** Takes a row, unless it was taken before or the fills tell of it. */
  void take(Income row) {
    String key = key(row.id(), row.asset());
    if (row.kind(quoteAsset).isPresent() && taken.putIfAbsent(key, row.atMs()) == null) {
      pending.add(row);
    }
  }

  private static String key(String id, String asset) {
    return id + ":" + asset;
  }

  /**
   * Returns, once, what came since the last time, in the order it happened.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<ExchangeIncome> report(long nowMs) {
    pending.sort((a, b) -> Long.compare(a.atMs(), b.atMs()));
    List<ExchangeIncome> reported = new ArrayList<>(pending.size());
    for (Income row : pending) {
      row.kind(quoteAsset).ifPresent(kind -> reported.add(row.record(account, kind, nowMs)));
    }
    pending.clear();
    return reported;
  }

  /** Forgets rows before a time. Those are not to be offered again. */
  void forgetBefore(long exchangeMs) {
    taken.values().removeIf(atMs -> atMs < exchangeMs);
  }
}
