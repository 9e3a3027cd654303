package io.quantumtrader.market.live;

import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.binance.Contract;
import io.quantumtrader.binance.MarketDataException;
import io.quantumtrader.binance.MarketDataException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What must hold before a real market is fed: the exchange answers, the clocks agree, and each
 * symbol is a contract that trades, all in one quote currency. Where the exchange does not answer
 * it is asked up to three times.
 */
public final class MarketCheck {

  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final BinanceMarketData exchange;
  private final LongSupplier wallMs;

  /**
   * Names the exchange.
   *
   * @param wallMs this machine's clock, epoch milliseconds UTC
   */
  public MarketCheck(BinanceMarketData exchange, LongSupplier wallMs) {
    this.exchange = exchange;
    this.wallMs = wallMs;
  }

  /**
   * Returns how far the clocks are apart.
   *
   * @throws MarketUnusableException where the exchange does not answer
   */
  public ClockSkew skew() throws InterruptedException {
    return patiently(() -> ClockSkew.measure(exchange, wallMs));
  }

  /**
   * Returns how far the clocks are apart, if not too far.
   *
   * @throws MarketUnusableException where they are, or the exchange does not answer
   */
  public ClockSkew soundSkew() throws InterruptedException {
    ClockSkew skew = skew();
    if (skew.isRefused()) {
      throw new MarketUnusableException(
          skew.line() + "; the limit is 5 s: synchronise the clock with NTP, then start again",
          null);
    }
    return skew;
  }

  /**
   * Returns the contracts by symbol.
   *
   * @throws MarketUnusableException where one that is named is unknown, does not trade or has
   *     another quote currency than the others, where all are wanted and there are none, or the
   *     exchange does not answer
   */
  public Map<String, Contract> contracts(SymbolChoice choice) throws InterruptedException {
    if (!choice.isAll()) {
      return named(choice.named());
    }
    Map<String, Contract> found = patiently(() -> exchange.tradedPerpetuals(SymbolChoice.QUOTE));
    if (found.isEmpty()) {
      throw new MarketUnusableException(
          "the exchange lists no perpetual contract in %s that trades; see --market-url"
              .formatted(SymbolChoice.QUOTE),
          null);
    }
    return found;
  }

  private Map<String, Contract> named(Set<String> symbols) throws InterruptedException {
    Map<String, Contract> found = patiently(() -> exchange.contracts(symbols));
    List<String> wrong = new ArrayList<>();
    Set<String> quotes = new TreeSet<>();
    for (String symbol : new TreeSet<>(symbols)) {
      Contract contract = found.get(symbol);
      if (contract == null) {
        wrong.add(symbol + " (unknown)");
      } else if (!contract.isTrading()) {
        wrong.add("%s (%s, %s)".formatted(symbol, contract.contractType(), contract.status()));
      } else {
        quotes.add(contract.quoteAsset());
      }
    }
    if (!wrong.isEmpty()) {
      throw new MarketUnusableException(
          "not traded: %s; leave them out of --symbols (QUANTUM_SYMBOLS)"
              .formatted(String.join(", ", wrong)),
          null);
    }
    if (quotes.size() > 1) {
      throw new MarketUnusableException(
          "the symbols are quoted in %s, but an account has one currency: give --symbols quoted in"
                  .formatted(String.join(" and ", quotes))
              + " one of them",
          null);
    }
    return found;
  }

  /** One question. */
  interface Asking<T> {
    T ask() throws InterruptedException;
  }

  /** Asks, and again after a pause where that may help. */
  static <T> T patiently(Asking<T> asking) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return asking.ask();
      } catch (MarketDataException e) {
        Duration wait = e.retryAfter().orElse(pause);
        boolean mayHelp = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.LIMITED;
        if (!mayHelp || attempt == ATTEMPTS || wait.compareTo(LONGEST_PAUSE) > 0) {
          throw new MarketUnusableException(e.getMessage() + "; see --market-url", e);
        }
        Thread.sleep(wait);
        pause = pause.multipliedBy(2);
      }
    }
  }
}
