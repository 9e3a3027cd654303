package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Prices of one symbol: the latest ones, and candles of a minute. */
public final class Tape {

  /** How many closed candles are kept: two days. */
  public static final int KEPT = 2880;

  private final TwinSymbol symbol;
  private final Deque<TwinCandle> closed = new ArrayDeque<>();
  private final Deque<Funding> fundings = new ArrayDeque<>();
  private TwinCandle current;
  private BigDecimal last;
  private BigDecimal mark;
  private BigDecimal fundingRate;
  private long lastTradeId;
  private long updateMs;

  /** A funding that was paid: the rate, and the mark price it was reckoned at. */
  public record Funding(long timeMs, BigDecimal rate, BigDecimal mark) {}

  Tape(TwinSymbol symbol, BigDecimal fundingRate, long nowMs) {
    this.symbol = symbol;
    this.fundingRate = fundingRate;
    last = symbol.startPrice();
    mark = last;
    updateMs = nowMs;
    current = TwinCandle.flat(minute(nowMs), last);
  }

  /** Returns what the prices are of. */
  public TwinSymbol symbol() {
    return symbol;
  }

  /** Returns the last price, quote currency. */
  public BigDecimal last() {
    return last;
  }

  /** Returns the mark price, quote currency. */
  public BigDecimal mark() {
    return mark;
  }

  /** Returns the price that a conditional order watches, quote currency. */
  BigDecimal watched(boolean markPrice) {
    return markPrice ? mark : last;
  }

  /** Returns the share of the notional that longs pay at the next funding. */
  public BigDecimal fundingRate() {
    return fundingRate;
  }

  /** Returns when the last price came, epoch milliseconds UTC. */
  public long updateMs() {
    return updateMs;
  }

  /** Returns the candle that is not closed yet. */
  public TwinCandle current() {
    return current;
  }

  /** Returns the closed candles, oldest first. */
  public List<TwinCandle> closed() {
    return List.copyOf(closed);
  }

  /** Returns the last minutes as one candle, the one that is not closed among them. */
  public TwinCandle span(int minutes) {
    TwinCandle joined = current;
    Iterator<TwinCandle> back = closed.descendingIterator();
    for (int i = 1; i < minutes && back.hasNext(); i++) {
      joined = back.next().then(joined);
    }
    return joined;
  }

  /** Returns the candles that begin from one time to another as one; empty where there is none. */
  Optional<TwinCandle> between(long firstMs, long lastMs) {
    TwinCandle joined = current.openMs() <= lastMs && current.openMs() >= firstMs ? current : null;
    Iterator<TwinCandle> back = closed.descendingIterator();
    while (back.hasNext()) {
      TwinCandle next = back.next();
      if (next.openMs() < firstMs) {
        return Optional.ofNullable(joined);
      }
      if (next.openMs() <= lastMs) {
        joined = joined == null ? next : next.then(joined);
      }
    }
    return Optional.ofNullable(joined);
  }

  /** Returns the fundings that were paid, oldest first. */
  public List<Funding> fundings() {
    return List.copyOf(fundings);
  }

  /** Returns the highest price that somebody buys at: the last. */
  public BigDecimal bid() {
    return last;
  }

  /** Returns the lowest price that somebody sells at: a tick above the last. */
  public BigDecimal ask() {
    return last.add(symbol.tick());
  }

  /**
   * Returns what a market order gets, quote currency, away from the last price by a share of it.
   */
  BigDecimal taken(Side side, BigDecimal slippage) {
    BigDecimal raw = last.add(side.signed(last.multiply(slippage)));
    RoundingMode away = side == Side.BUY ? RoundingMode.UP : RoundingMode.DOWN;
    return raw.divide(symbol.tick(), 0, away).max(BigDecimal.ONE).multiply(symbol.tick());
  }

  void funded(long nowMs) {
    fundings.addLast(new Funding(nowMs, fundingRate, mark));
    if (fundings.size() > KEPT) {
      fundings.removeFirst();
    }
  }

  long nextTradeId() {
    return ++lastTradeId;
  }

  void fundingRate(BigDecimal rate) {
    fundingRate = rate;
  }

  void mark(BigDecimal price) {
    mark = price;
  }

  void price(BigDecimal price, BigDecimal traded, long nowMs) {
    last = price;
    mark = price;
    updateMs = nowMs;
    current = current.with(price, traded);
  }

  /** Begins anew at a price, after history was made. */
  void begin(BigDecimal price, long nowMs) {
    last = price;
    mark = price;
    updateMs = nowMs;
    current = TwinCandle.flat(minute(nowMs), price);
  }

  /** Begins the minute that a time is in; returns the candles that closed with it, oldest first. */
  List<TwinCandle> roll(long nowMs) {
    long minute = minute(nowMs);
    List<TwinCandle> over = new ArrayList<>();
    // After a long sleep only as many empty minutes are told as are kept.
    long first = Math.max(current.openMs(), minute - KEPT * TwinCandle.MINUTE_MS);
    if (first > current.openMs()) {
      current = TwinCandle.flat(first, last);
    }
    while (current.openMs() < minute) {
      over.add(current);
      keep(current);
      current = TwinCandle.flat(current.openMs() + TwinCandle.MINUTE_MS, last);
    }
    return over;
  }

  /**
   * Returns whether a candle from outside can still close. Its minute must be later than the last
   * that closed, or that one, where the clock closed it without a trade.
   */
  boolean isNews(TwinCandle candle) {
    return closed.isEmpty()
        || candle.openMs() > closed.getLast().openMs()
        || givesWay(closed.getLast(), candle);
  }

  private static boolean givesWay(TwinCandle last, TwinCandle candle) {
    return candle.openMs() == last.openMs() && last.trades() == 0;
  }

  /**
   * Takes a candle from outside as closed.
   *
   * @param underWay the candle that was not closed before the prices of this one passed
   */
  void takeClosed(TwinCandle candle, TwinCandle underWay) {
    if (!closed.isEmpty() && givesWay(closed.getLast(), candle)) {
      closed.removeLast();
    }
    keep(candle);
    if (underWay.openMs() <= candle.openMs()) {
      current = TwinCandle.flat(candle.openMs() + TwinCandle.MINUTE_MS, candle.close());
    } else {
      // The minute that has begun meanwhile knows nothing of the prices of the one before.
      current =
          underWay.trades() == 0 ? TwinCandle.flat(underWay.openMs(), candle.close()) : underWay;
    }
  }

  private void keep(TwinCandle candle) {
    closed.addLast(candle);
    if (closed.size() > KEPT) {
      closed.removeFirst();
    }
  }

  private static long minute(long ms) {
    return Math.floorDiv(ms, TwinCandle.MINUTE_MS) * TwinCandle.MINUTE_MS;
  }
}
