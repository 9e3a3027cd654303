package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.Instruments;
import io.quantumtrader.execution.decision.PriceGrid;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Last prices, and instruments as far as candles tell: the tick from the most decimals seen in the
 * symbol's prices, the step fixed when the symbol is first seen. Where it is said what an
 * instrument is, that holds, with no more leverage than this exchange gives.
 *
 * <p>What a candle tells about an instrument is shown once the clock has passed the candle's close,
 * so that what is shown at a step of the clock does not depend on how far ahead candles were read;
 * what is said, once the clock has passed the time it was learnt.
 */
final class PaperMarket {

  /** How many candles of a symbol are remembered for orders that are sent after they were read. */
  static final int RECENT = 32;

  private final BigDecimal minNotional;
  private final int maxLeverage;
  private final int remembered;
  private final Map<String, Listing> listings = new TreeMap<>();

  /**
   * Creates it.
   *
   * @param remembers whether the last candles are remembered, see {@link #recent}
   */
  PaperMarket(BigDecimal minNotional, int maxLeverage, boolean remembers) {
    this.minNotional = minNotional;
    this.maxLeverage = maxLeverage;
    this.remembered = remembers ? RECENT : 0;
  }

  /**
   * Takes a candle. One that opened before the last sets no price.
   *
   * @return false for one with a price not above 0, which is ignored
   */
  boolean see(Candle candle) {
    boolean priced =
        candle.getOpen().signum() > 0
            && candle.getHigh().signum() > 0
            && candle.getLow().signum() > 0
            && candle.getClose().signum() > 0;
    if (priced) {
      listings.computeIfAbsent(candle.getSymbol(), Listing::new).see(candle);
    }
    return priced;
  }

  /**
   * Returns the last candles of a symbol, as they were seen. Marks are read as soon as they are
   * there, so that these may reach beyond the clock by which an order is sent.
   */
  List<Candle> recent(String symbol) {
    Listing listing = listings.get(symbol);
    return listing == null ? List.of() : List.copyOf(listing.recent);
  }

  void list(Instrument instrument) {
    listings.computeIfAbsent(instrument.getSymbol(), Listing::new).list(instrument);
  }

  void restore(Instrument instrument) {
    listings.put(instrument.getSymbol(), new Listing(instrument));
  }

  /** Returns the close of the last candle, quote currency, or empty where there was none. */
  Optional<BigDecimal> price(String symbol) {
    return Optional.ofNullable(listings.get(symbol)).map(listing -> listing.price);
  }

  /** Returns the length of the last candle, milliseconds; 0 where there was none. */
  long intervalMs(String symbol) {
    Listing listing = listings.get(symbol);
    return listing == null ? 0 : listing.intervalMs;
  }

  /** Returns what the exchange accepts as of the last candle that was seen, or empty. */
  Optional<Instrument> instrument(String symbol) {
    return Optional.ofNullable(listings.get(symbol)).map(Listing::current);
  }

  /** Returns what is known from candles that closed before this moment, ascending by symbol. */
  List<Instrument> shown(long nowMs) {
    List<Instrument> shown = new ArrayList<>(listings.size());
    for (Listing listing : listings.values()) {
      listing.shown(nowMs).ifPresent(shown::add);
    }
    return shown;
  }

  private Instrument instrument(String symbol, int decimals, BigDecimal step, long asOfMs) {
    return new Instrument(
        symbol,
        PriceGrid.tick(decimals),
        step,
        step,
        minNotional,
        maxLeverage,
        InstrumentStatus.TRADING,
        asOfMs,
        null,
        null,
        null,
        List.of(),
        null);
  }

  /** A symbol. */
  private final class Listing {

    private final String symbol;
    private BigDecimal price;
    private long openTimeMs = -1;
    private long intervalMs;
    private BigDecimal step;
    private int decimals = -1;
    private boolean listed;
    private Instrument current;
    private Instrument shown;
    private final Deque<Instrument> coming = new ArrayDeque<>();
    private final Deque<Candle> recent = new ArrayDeque<>();

    Listing(String symbol) {
      this.symbol = symbol;
    }

    Listing(Instrument published) {
      this.symbol = published.getSymbol();
      this.step = published.getStepSize();
      this.decimals = PriceGrid.decimals(published.getTickSize());
      this.current = published;
      this.shown = published;
    }

    void see(Candle candle) {
      recent.addLast(candle);
      if (recent.size() > remembered) {
        recent.removeFirst();
      }
      if (candle.getOpenTimeMs() < openTimeMs) {
        return;
      }
      openTimeMs = candle.getOpenTimeMs();
      intervalMs = candle.getIntervalMs();
      price = candle.getClose();
      if (listed) {
        return;
      }
      if (step == null) {
        step = PriceGrid.step(price);
      }
      int most = Math.max(most(candle.getOpen(), candle.getHigh()), most(candle.getLow(), price));
      if (most > decimals) {
        decimals = most;
        long closeMs = openTimeMs + candle.getIntervalMs();
        current = instrument(symbol, decimals, step, closeMs);
        coming.addLast(current);
      }
    }

    void list(Instrument said) {
      Instrument held =
          Instrument.newBuilder(said)
              .setMaxLeverage(Math.min(said.getMaxLeverage(), maxLeverage))
              .build();
      listed = true;
      if (current == null || !Instruments.same(current, held)) {
        current = held;
        coming.addLast(held);
      }
    }

    Instrument current() {
      return current;
    }

    Optional<Instrument> shown(long nowMs) {
      while (!coming.isEmpty() && coming.getFirst().getAsOfMs() < nowMs) {
        shown = coming.removeFirst();
      }
      return Optional.ofNullable(shown);
    }
  }

  private static int most(BigDecimal one, BigDecimal other) {
    return Math.max(PriceGrid.decimals(one), PriceGrid.decimals(other));
  }
}
