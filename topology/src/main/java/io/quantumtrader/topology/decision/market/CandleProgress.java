package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.MarketProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Turns what is kept of a symbol into its stored record and back. */
public final class CandleProgress {

  private static final int SCALE = 18;

  private CandleProgress() {}

  /** Returns the stored record. */
  public static MarketHead record(String symbol, Head head) {
    return new MarketHead(
        symbol, record(head.before()), record(head.after()), head.revision(), head.dropped());
  }

  /** Returns what a stored record says. */
  public static Head of(MarketHead record) {
    return new Head(
        of(record.getBefore()), of(record.getAfter()), record.getRevision(), record.getDropped());
  }

  private static MarketProgress record(Progress progress) {
    Turnover turnover = progress.turnover();
    return new MarketProgress(
        progress.lastOpenMs(),
        progress.intervalMs(),
        progress.closes(),
        progress.rank(),
        decimal(progress.price()),
        progress.priceAtMs(),
        progress.range().count(),
        progress.range().value(),
        progress.suspect(),
        progress.held().orElse(null),
        turnover.minute(),
        decimal(turnover.inMinute()),
        decimal(turnover.inDay()));
  }

  private static Progress of(MarketProgress record) {
    return new Progress(
        record.getLastOpenMs(),
        record.getIntervalMs(),
        record.getCloses(),
        record.getRank(),
        orZero(record.getPrice()),
        record.getPriceAtMs(),
        new AverageTrueRange(record.getTrueRanges(), record.getAverageTrueRange()),
        record.getSuspect(),
        Optional.ofNullable(record.getHeld()),
        new Turnover(
            record.getMinute(),
            orZero(record.getMinuteNotional()),
            orZero(record.getDayNotional())));
  }

  private static BigDecimal decimal(BigDecimal value) {
    return value.setScale(SCALE, RoundingMode.UNNECESSARY);
  }

  private static BigDecimal orZero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }
}
