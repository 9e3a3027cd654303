package io.quantumtrader.replay.incident;

import java.util.List;
import java.util.stream.IntStream;

/** Symbols of a made market, and what they cost at its beginning. */
final class MadeSymbols {

  private static final List<String> KNOWN = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT");
  private static final double[] PRICES = {71_000, 2_500, 140, 0.1};

  private MadeSymbols() {}

  /** Returns so many symbols; the first are those of the contract's worked examples. */
  static List<String> first(int count) {
    return IntStream.range(0, count).mapToObj(MadeSymbols::symbol).toList();
  }

  private static String symbol(int number) {
    return number < KNOWN.size() ? KNOWN.get(number) : "COIN%03dUSDT".formatted(number);
  }

  /** Returns what a symbol costs at the beginning, quote currency. */
  static double price(int number) {
    return number < PRICES.length ? PRICES[number] : 1 + number % 50 * 0.5;
  }
}
