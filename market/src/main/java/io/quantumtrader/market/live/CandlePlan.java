package io.quantumtrader.market.live;

import static io.quantumtrader.binance.BinanceMarketData.MINUTE_MS;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.schemas.avro.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which candles to ask for next, each once, oldest first, without a gap. After an outage it asks
 * for what was missed, as far back as it is of use. One that comes by itself is taken where it is
 * the next, and is asked for only where it does not come. All times are the exchange's, epoch
 * milliseconds UTC.
 */
final class CandlePlan {

  /** Most closed candles of one request: the last it gives may be under way. */
  static final int USEFUL = BinanceMarketData.MOST_CANDLES - 1;

  /** How long after its close a candle is requested, milliseconds. */
  static final long AFTER_CLOSE_MS = 2_000;

  /** How long after its close one that should come by itself is requested, milliseconds. */
  static final long NOT_COME_MS = 10_000;

  private static final long LONGEST_PAUSE_MS = 60_000;

  /**
   * What to ask for.
   *
   * @param fromMs open time of the first candle
   * @param limit how many, 2 to {@link BinanceMarketData#MOST_CANDLES}; one more than are closed
   * @param skipped how many that are older were given up, 0 or more; none where nothing was there
   *     before
   */
  record Request(String symbol, long fromMs, int limit, long skipped) {}

  /** A symbol: the candle it needs next, and how often that one was not there. */
  private static final class Line {
    private long nextOpenMs;
    private boolean begun;
    private long notBeforeMs;
    private int inVain;
  }

  private final Map<String, Line> lines = new TreeMap<>();

  /**
   * Begins with what was written before.
   *
   * @param lastOpenMs open time of the last candle of each symbol that has one
   * @param history how many closed candles back it begins where there is none or it is older, 1 to
   *     {@link #USEFUL}
   */
  CandlePlan(List<String> symbols, Map<String, Long> lastOpenMs, int history, long nowMs) {
    for (String symbol : symbols) {
      add(symbol, lastOpenMs.get(symbol), history, nowMs);
    }
  }

  /**
   * Begins with one more symbol; one that is there already stays as it is.
   *
   * @param lastOpenMs open time of the last candle that was written, null where there is none
   * @param history as for the others
   */
  void add(String symbol, Long lastOpenMs, int history, long nowMs) {
    Line line = new Line();
    line.nextOpenMs = underWay(nowMs) - history * MINUTE_MS;
    if (lastOpenMs != null) {
      // One from a future that a wrong clock made up would hold the symbol back for ever.
      line.begun = true;
      line.nextOpenMs = Math.clamp(lastOpenMs + MINUTE_MS, line.nextOpenMs, underWay(nowMs));
    }
    Line unused = lines.putIfAbsent(symbol, line);
  }

  /**
   * Offers a candle that came by itself.
   *
   * @return whether it is the next one of its symbol and is taken; one that was there before is
   *     doubled, and one after a gap comes with the gap when it is asked for
   */
  boolean offer(Candle candle, long nowMs) {
    Line line = lines.get(candle.getSymbol());
    boolean isNext = line != null && candle.getOpenTimeMs() == line.nextOpenMs;
    // The exchange's clock is known to a part of a second; a candle of the future is a mistake.
    if (!isNext || candle.getOpenTimeMs() + MINUTE_MS > nowMs + AFTER_CLOSE_MS) {
      return false;
    }
    taken(candle.getSymbol(), List.of(candle), nowMs);
    return true;
  }

  /** Returns what to ask for now, ordered by symbol. */
  List<Request> due(long nowMs) {
    return due(nowMs, symbol -> false);
  }

  /**
   * Returns what to ask for now, ordered by symbol.
   *
   * @param comes whether the next candle of a symbol may be expected to come by itself
   */
  List<Request> due(long nowMs, Predicate<String> comes) {
    List<Request> requests = new ArrayList<>();
    lines.forEach(
        (symbol, line) -> {
          long closed = (nowMs - AFTER_CLOSE_MS - line.nextOpenMs) / MINUTE_MS;
          boolean awaited = closed == 1 && nowMs < line.nextOpenMs + MINUTE_MS + NOT_COME_MS;
          if (closed < 1 || nowMs < line.notBeforeMs || (awaited && comes.test(symbol))) {
            return;
          }
          long skipped = Math.max(0, closed - USEFUL);
          line.nextOpenMs += skipped * MINUTE_MS;
          requests.add(
              new Request(
                  symbol, line.nextOpenMs, (int) (closed - skipped) + 1, line.begun ? skipped : 0));
        });
    return requests;
  }

  /**
   * Takes an answer.
   *
   * @param closed closed candles of the symbol from where it was asked for, oldest first; where it
   *     is empty the symbol is left alone for a while, longer each time, a minute at most
   */
  void taken(String symbol, List<Candle> closed, long nowMs) {
    Line line = lines.get(symbol);
    if (closed.isEmpty()) {
      failed(symbol, nowMs);
      return;
    }
    line.nextOpenMs = closed.getLast().getOpenTimeMs() + MINUTE_MS;
    line.begun = true;
    line.inVain = 0;
    line.notBeforeMs = 0;
  }

  /** Returns whether there are candles of a symbol, so that what is asked for now is a gap. */
  boolean isBegun(String symbol) {
    return lines.get(symbol).begun;
  }

  /** Learns that there was no sound answer about a symbol. */
  void failed(String symbol, long nowMs) {
    Line line = lines.get(symbol);
    line.inVain = Math.min(line.inVain + 1, 6);
    line.notBeforeMs = nowMs + Math.min(LONGEST_PAUSE_MS, 1_000L << line.inVain);
  }

  private static long underWay(long nowMs) {
    return nowMs - Math.floorMod(nowMs, MINUTE_MS);
  }
}
