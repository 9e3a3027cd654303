package io.quantumtrader.execution.twin;

import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import io.quantumtrader.execution.twin.stream.StreamLimits;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How a twin is set up. Start from {@link #of} and change what is to be otherwise.
 *
 * @param host where it listens, {@code 127.0.0.1} unless given
 * @param restPort port of REST; 0 takes a free one
 * @param streamPort port of the streams; 0 takes a free one
 * @param accounts at least one
 * @param symbols at least one
 * @param rules what trading costs
 * @param limits how much a client may ask
 * @param streamLimits what a connection may do
 * @param listenKeyLifeMs how long a listen key lives, milliseconds
 * @param seed what generated prices, keys and faults by chance follow from
 * @param walkEveryMs from one generated price to the next, milliseconds; 0: prices come from
 *     outside
 * @param sigma standard deviation of a generated step, a share of the price
 * @param historyMinutes how many candles there are before the start, 0 to 2880
 * @param tickMs how often the twin looks at its clock, milliseconds; 0: only when asked to
 * @param wallMs the clock, epoch milliseconds UTC
 */
public record TwinSettings(
    String host,
    int restPort,
    int streamPort,
    List<TwinAccount> accounts,
    List<TwinSymbol> symbols,
    TwinRules rules,
    TwinLimits limits,
    StreamLimits streamLimits,
    long listenKeyLifeMs,
    long seed,
    long walkEveryMs,
    double sigma,
    int historyMinutes,
    long tickMs,
    LongSupplier wallMs) {

  /** Holds its own copies of the lists. */
  public TwinSettings {
    accounts = List.copyOf(accounts);
    symbols = List.copyOf(symbols);
    if (accounts.isEmpty() || symbols.isEmpty()) {
      throw new IllegalArgumentException("a twin has at least one account and one symbol");
    }
  }

  /** Returns settings with free ports, the exchange's rules and limits, and prices from outside. */
  public static Builder of(List<TwinAccount> accounts, List<TwinSymbol> symbols) {
    return new Builder(accounts, symbols);
  }

  /** Settings in the making. */
  public static final class Builder {
    private final List<TwinAccount> accounts;
    private final List<TwinSymbol> symbols;
    private String host = "127.0.0.1";
    private int restPort;
    private int streamPort;
    private TwinRules rules = TwinRules.usual();
    private TwinLimits limits = TwinLimits.usual();
    private StreamLimits streamLimits = StreamLimits.usual();
    private long listenKeyLifeMs = 3_600_000;
    private long seed = 1;
    private long walkEveryMs;
    private double sigma = 0.0004;
    private int historyMinutes;
    private long tickMs = 100;
    private LongSupplier wallMs = System::currentTimeMillis;

    private Builder(List<TwinAccount> accounts, List<TwinSymbol> symbols) {
      this.accounts = List.copyOf(accounts);
      this.symbols = List.copyOf(symbols);
    }

    /** Sets where it listens. */
    public Builder listen(String name, int rest, int stream) {
      host = name;
      restPort = rest;
      streamPort = stream;
      return this;
    }

    /** Sets what trading costs. */
    public Builder rules(TwinRules value) {
      rules = value;
      return this;
    }

    /** Sets how much a client may ask. */
    public Builder limits(TwinLimits value) {
      limits = value;
      return this;
    }

    /** Sets what a connection may do. */
    public Builder streamLimits(StreamLimits value) {
      streamLimits = value;
      return this;
    }

    /** Sets how long a listen key lives, milliseconds. */
    public Builder listenKeyLifeMs(long value) {
      listenKeyLifeMs = value;
      return this;
    }

    /** Sets what everything by chance follows from. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Lets prices be generated.
     *
     * @param everyMs from one to the next, milliseconds, above 0
     * @param deviation standard deviation of a step, a share of the price
     * @param minutesBefore candles before the start, 0 to 2880
     */
    public Builder generated(long everyMs, double deviation, int minutesBefore) {
      walkEveryMs = everyMs;
      sigma = deviation;
      historyMinutes = minutesBefore;
      return this;
    }

    /** Sets how often it looks at its clock, milliseconds; 0: only when asked to. */
    public Builder tickMs(long value) {
      tickMs = value;
      return this;
    }

    /** Sets the clock, epoch milliseconds UTC. */
    public Builder clock(LongSupplier value) {
      wallMs = value;
      return this;
    }

    /** Returns the settings. */
    public TwinSettings build() {
      return new TwinSettings(
          host,
          restPort,
          streamPort,
          accounts,
          symbols,
          rules,
          limits,
          streamLimits,
          listenKeyLifeMs,
          seed,
          walkEveryMs,
          sigma,
          historyMinutes,
          tickMs,
          wallMs);
    }
  }
}
