package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.market.CandleProgress;
import io.quantumtrader.topology.decision.market.CloseRing;
import io.quantumtrader.topology.decision.market.Head;
import io.quantumtrader.topology.decision.market.MinuteRange;
import io.quantumtrader.topology.decision.market.Ruling;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is known of the symbols of one task. Heads and closes are mirrored in memory; the mirror
 * begins empty with each start of the task and is read from the stores where it has gaps.
 */
final class SymbolBooks {

  /** A symbol in memory: its head and its ring of closes. */
  static final class Mirror {

    private Head head;
    private final double[] closes = new double[CloseRing.SLOTS];

    private Mirror(Head head) {
      this.head = head;
    }

    Head head() {
      return head;
    }

    /** Returns the slots of the ring, to read. */
    double[] closes() {
      return closes;
    }
  }

  private final KeyValueStore<String, MarketHead> heads;
  private final KeyValueStore<String, Double> closes;
  private final KeyValueStore<String, MinuteNotional> minutes;
  private final Map<String, Mirror> mirrors = new HashMap<>();

  SymbolBooks(ProcessingContext context) {
    heads = context.getStateStore(Names.MARKET_HEAD_STORE);
    closes = context.getStateStore(Names.MARKET_CLOSE_STORE);
    minutes = context.getStateStore(Names.MARKET_MINUTE_STORE);
  }

  /** Returns what is known of a symbol. */
  Mirror of(String symbol) {
    return mirrors.computeIfAbsent(symbol, this::read);
  }

  private Head head(String symbol) {
    MarketHead stored = heads.get(symbol);
    return stored == null ? Head.NONE : CandleProgress.of(stored);
  }

  private Mirror read(String symbol) {
    Mirror mirror = new Mirror(head(symbol));
    long end = mirror.head.after().rank();
    for (long rank = Math.max(0, end - CloseRing.SLOTS); rank < end; rank++) {
      Double close = closes.get(SymbolStores.closeKey(symbol, rank));
      if (close == null) {
        throw new IllegalStateException("no close of rank " + rank + " of " + symbol);
      }
      mirror.closes[CloseRing.slot(rank)] = close;
    }
    return mirror;
  }

  /** Returns the notional of each of the minutes; zero where nothing was traded. */
  Map<Long, BigDecimal> minutes(String symbol, MinuteRange range) {
    Map<Long, BigDecimal> notional = new HashMap<>();
    for (long minute = range.first(); minute <= range.last(); minute++) {
      MinuteNotional stored = minutes.get(SymbolStores.minuteKey(symbol, minute));
      boolean known = stored != null && stored.minute() == minute;
      notional.put(minute, known ? stored.amount() : BigDecimal.ZERO);
    }
    return notional;
  }

  /**
   * Writes what follows from a candle.
   *
   * @param head the head after it, as it is stored
   */
  void write(String symbol, Ruling ruling, MarketHead head) {
    Mirror mirror = of(symbol);
    long rank = ruling.head().after().rank() - ruling.taken().size();
    for (Candle candle : ruling.taken()) {
      double close = candle.getClose().doubleValue();
      closes.put(SymbolStores.closeKey(symbol, rank), close);
      mirror.closes[CloseRing.slot(rank)] = close;
      rank++;
    }
    ruling.minutes().forEach((minute, amount) -> write(symbol, minute, amount));
    heads.put(symbol, head);
    mirror.head = ruling.head();
  }

  private void write(String symbol, long minute, BigDecimal amount) {
    String key = SymbolStores.minuteKey(symbol, minute);
    if (amount.signum() == 0) {
      minutes.delete(key);
    } else {
      minutes.put(key, new MinuteNotional(minute, amount));
    }
  }
}
