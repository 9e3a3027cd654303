package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Prices from outside or out of a seed, and the candles and mark prices that follow from them. */
final class CoreMarket {
  private static final long MARKS_EACH_MS = 1_000;
  private static final int STEPS_A_MINUTE = 4;

  private final CoreState state;
  private final Map<String, Walk> walks = new TreeMap<>();
  private final Map<String, Integer> intervals = new TreeMap<>(Map.of("1m", 1));
  private long marksToldMs = Long.MIN_VALUE / 2;
  private long fundedMs;

  CoreMarket(CoreState state, long seed, double sigma, long nowMs) {
    this.state = state;
    state.tapes().keySet().forEach(symbol -> walks.put(symbol, new Walk(seed, symbol, sigma)));
    fundedMs = nowMs;
  }

  void price(Tape tape, BigDecimal price, BigDecimal traded, long nowMs) {
    roll(tape, nowMs);
    tape.price(price, traded, nowMs);
    tell(tape, tape.current(), false, nowMs);
    state.tell(MarketBodies.book(tape, nowMs));
  }

  /** Moves a symbol's price by one step of its walk. */
  void walk(Tape tape, long nowMs) {
    Walk walk = walks.get(tape.symbol().symbol());
    BigDecimal next = walk.next(tape.last(), tape.symbol());
    price(tape, next, walk.traded(next, tape.symbol()), nowMs);
  }

  /**
   * Makes candles for the minutes before now, from the start price on; where they end is the price.
   */
  void history(int minutes, long nowMs) {
    long first = Math.floorDiv(nowMs, TwinCandle.MINUTE_MS) - minutes;
    for (Tape tape : state.tapes().values()) {
      Walk walk = walks.get(tape.symbol().symbol());
      BigDecimal price = tape.last();
      for (int i = 0; i < minutes; i++) {
        TwinCandle candle = TwinCandle.flat((first + i) * TwinCandle.MINUTE_MS, price);
        for (int step = 0; step < STEPS_A_MINUTE; step++) {
          price = walk.next(price, tape.symbol());
          candle = candle.with(price, walk.traded(price, tape.symbol()));
        }
        tape.takeClosed(candle, candle);
      }
      tape.begin(price, nowMs);
    }
  }

  void candle(Tape tape, TwinCandle candle, TwinCandle underWay, long nowMs) {
    tape.takeClosed(candle, underWay);
    tell(tape, candle, true, nowMs);
  }

  /** Tells candles of another length from now on; refused where there is no such one. */
  void tellCandles(String interval) {
    intervals.put(interval, CandleSpans.minutes(interval));
  }

  private void tell(Tape tape, TwinCandle candle, boolean closed, long nowMs) {
    String symbol = tape.symbol().symbol();
    intervals.forEach(
        (interval, minutes) -> {
          long lengthMs = minutes * TwinCandle.MINUTE_MS;
          long firstMs = Math.floorDiv(candle.openMs(), lengthMs) * lengthMs;
          long endMs = candle.openMs() + TwinCandle.MINUTE_MS;
          boolean over = closed && endMs == firstMs + lengthMs;
          tape.between(firstMs, candle.openMs())
              .map(span -> span.at(firstMs))
              .ifPresent(s -> state.tell(MarketBodies.kline(symbol, interval, s, over, nowMs)));
        });
  }

  void tick(long nowMs) {
    state.tapes().values().forEach(tape -> roll(tape, nowMs));
    if (nowMs - marksToldMs >= MARKS_EACH_MS) {
      marksToldMs = nowMs;
      state.tell(MarketBodies.marks(state.tapes().values(), nextFundingMs(nowMs), nowMs));
    }
  }

  private void roll(Tape tape, long nowMs) {
    for (TwinCandle closed : tape.roll(nowMs)) {
      tell(tape, closed, true, nowMs);
    }
  }

  /** Returns when funding is next paid, epoch milliseconds UTC; 0 for never by itself. */
  long nextFundingMs(long nowMs) {
    long interval = state.rules().fundingIntervalMs();
    return interval == 0 ? 0 : (Math.floorDiv(nowMs, interval) + 1) * interval;
  }

  /** Returns whether a time of funding has passed since it was last asked. */
  boolean takeFundingDue(long nowMs) {
    long due = nextFundingMs(fundedMs);
    if (due == 0 || nowMs < due) {
      return false;
    }
    fundedMs = nowMs;
    return true;
  }
}
