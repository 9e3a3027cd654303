package io.quantumtrader.execution.binance;

import io.quantumtrader.schemas.avro.ExchangeIncome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The cash of one account that came and went, asked for from where it was left. A list that is too
 * long for once is gone on with where it was cut.
 */
final class AccountCash {

  private final IncomeReader incomes;
  private final CashBook book;
  private long floorMs;
  private long syncedMs;
  private OptionalLong resumesAtMs = OptionalLong.empty();

  AccountCash(IncomeReader incomes, CashBook book) {
    this.incomes = incomes;
    this.book = book;
  }

  /**
   * Begins.
   *
   * @param fromMs what was before is not told, exchange time, epoch milliseconds UTC
   */
  void begin(long fromMs) {
    floorMs = fromMs;
    syncedMs = fromMs;
    resumesAtMs = OptionalLong.empty();
  }

  /** Gives back what was told before. */
  void restore(List<ExchangeIncome> told) {
    book.restore(told);
  }

  /**
   * Asks for what came since it was asked for last, and takes it. The list also names each trade.
   *
   * @param toMs exchange time, epoch milliseconds UTC
   * @return what there was, or empty where the exchange did not answer
   */
  Optional<Rows<Income>> sync(long toMs) {
    long fromMs = resumesAtMs.orElse(Math.max(floorMs, syncedMs - AccountTrades.OVERLAP_MS));
    Optional<Rows<Income>> found =
        incomes.between(Math.min(fromMs, toMs), toMs + AccountTrades.AHEAD_MS);
    if (found.isEmpty()) {
      return found;
    }
    List<Income> rows = found.get().rows();
    rows.forEach(book::take);
    if (found.get().whole()) {
      resumesAtMs = OptionalLong.empty();
      syncedMs = Math.max(syncedMs, toMs);
    } else if (!rows.isEmpty()) {
      resumesAtMs = OptionalLong.of(rows.getLast().atMs());
    }
    return found;
  }

  /** Returns up to when the whole list is known, exchange time, epoch milliseconds UTC. */
  long syncedMs() {
    return syncedMs;
  }

  /**
   * Returns, once, what came or went.
   *
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<ExchangeIncome> report(long nowMs) {
    return book.report(nowMs);
  }

  /** Forgets what can never be told again. */
  void forgetBefore(long exchangeMs) {
    floorMs = Math.max(floorMs, exchangeMs);
    book.forgetBefore(exchangeMs);
  }
}
