package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.List;

/**
 * A contract that the twin lists, with what it accepts.
 *
 * @param symbol as the exchange lists it, for example {@code BTCUSDT}
 * @param status {@code TRADING}, or another: then it takes no order
 * @param contractType {@code PERPETUAL} or another
 * @param baseAsset what is traded
 * @param quoteAsset what prices are in
 * @param tick price step, above 0
 * @param step quantity step, above 0
 * @param minQuantity smallest order, base units
 * @param maxQuantity largest limit order, base units
 * @param maxMarketQuantity largest market order, base units
 * @param minNotional smallest order value, quote currency; reduce-only orders are exempt
 * @param multiplierUp highest order price as a multiple of the mark price
 * @param multiplierDown lowest order price as a multiple of the mark price
 * @param startPrice the first price, above 0
 * @param brackets ascending by notional, at least one
 */
public record TwinSymbol(
    String symbol,
    String status,
    String contractType,
    String baseAsset,
    String quoteAsset,
    BigDecimal tick,
    BigDecimal step,
    BigDecimal minQuantity,
    BigDecimal maxQuantity,
    BigDecimal maxMarketQuantity,
    BigDecimal minNotional,
    BigDecimal multiplierUp,
    BigDecimal multiplierDown,
    BigDecimal startPrice,
    List<Bracket> brackets) {

  /** How many conditional orders may rest in a symbol. */
  public static final int MAX_CONDITIONAL_ORDERS = 200;

  /** How many limit orders may rest in a symbol. */
  public static final int MAX_ORDERS = 200;

  /** How far last and mark price may be apart for a protected order to trigger, a share. */
  public static final BigDecimal TRIGGER_PROTECT = new BigDecimal("0.0500");

  private static final BigDecimal MAX_STEPS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MAX_MARKET_STEPS = BigDecimal.valueOf(120_000);

  /** Holds its own copy of the brackets. */
  public TwinSymbol {
    brackets = List.copyOf(brackets);
    if (tick.signum() <= 0 || step.signum() <= 0 || startPrice.signum() <= 0) {
      throw new IllegalArgumentException(symbol + ": tick, step and price must be above 0");
    }
    if (brackets.isEmpty()) {
      throw new IllegalArgumentException(symbol + ": at least one bracket");
    }
  }

  /**
   * Returns a perpetual contract in USDT that trades, with the exchange's usual limits.
   *
   * @param startPrice the first price, quote currency
   * @param tick price step, quote currency
   * @param step quantity step, base units, also the smallest quantity
   * @param minNotional smallest order value, quote currency
   */
  public static TwinSymbol perpetual(
      String symbol, String startPrice, String tick, String step, String minNotional) {
    BigDecimal unit = new BigDecimal(step);
    String base =
        symbol.endsWith("USDT") ? symbol.substring(0, symbol.length() - "USDT".length()) : symbol;
    return new TwinSymbol(
        symbol,
        "TRADING",
        "PERPETUAL",
        base,
        "USDT",
        new BigDecimal(tick),
        unit,
        unit,
        unit.multiply(MAX_STEPS),
        unit.multiply(MAX_MARKET_STEPS),
        new BigDecimal(minNotional),
        new BigDecimal("1.05"),
        new BigDecimal("0.95"),
        new BigDecimal(startPrice),
        usualBrackets());
  }

  /** Returns it with another status. */
  public TwinSymbol withStatus(String other) {
    return new TwinSymbol(
        symbol,
        other,
        contractType,
        baseAsset,
        quoteAsset,
        tick,
        step,
        minQuantity,
        maxQuantity,
        maxMarketQuantity,
        minNotional,
        multiplierUp,
        multiplierDown,
        startPrice,
        brackets);
  }

  /**
   * Returns the bracket that a notional, quote currency, lies in; the last where it is above all.
   */
  public Bracket bracket(BigDecimal notional) {
    BigDecimal size = notional.abs();
    for (Bracket bracket : brackets) {
      if (size.compareTo(bracket.cap()) <= 0) {
        return bracket;
      }
    }
    return brackets.getLast();
  }

  /** Returns it with another smallest order, base units, above 0. */
  public TwinSymbol withMinQuantity(BigDecimal least) {
    return new TwinSymbol(
        symbol,
        status,
        contractType,
        baseAsset,
        quoteAsset,
        tick,
        step,
        least,
        maxQuantity,
        maxMarketQuantity,
        minNotional,
        multiplierUp,
        multiplierDown,
        startPrice,
        brackets);
  }

  /** Returns the largest notional, quote currency, that a leverage allows; 0 where none does. */
  public BigDecimal largestNotional(int leverage) {
    BigDecimal largest = BigDecimal.ZERO;
    for (Bracket bracket : brackets) {
      if (leverage <= bracket.maxLeverage()) {
        largest = bracket.cap();
      }
    }
    return largest;
  }

  /** Returns the highest leverage there is. */
  public int maxLeverage() {
    return brackets.getFirst().maxLeverage();
  }

  /** Returns how many decimals a price has. */
  public int priceScale() {
    return Math.max(0, tick.stripTrailingZeros().scale());
  }

  /** Returns how many decimals a quantity has. */
  public int quantityScale() {
    return Math.max(0, step.stripTrailingZeros().scale());
  }

  private static List<Bracket> usualBrackets() {
    return List.of(
        bracket(1, 125, "0", "50000", "0.004", "0"),
        bracket(2, 100, "50000", "600000", "0.005", "50"),
        bracket(3, 50, "600000", "3000000", "0.01", "3050"),
        bracket(4, 20, "3000000", "12000000", "0.025", "48050"),
        bracket(5, 10, "12000000", "70000000", "0.05", "348050"),
        bracket(6, 5, "70000000", "100000000", "0.1", "3848050"),
        bracket(7, 1, "100000000", "500000000", "0.5", "43848050"));
  }

  private static Bracket bracket(
      int number, int leverage, String floor, String cap, String ratio, String deduction) {
    return new Bracket(
        number,
        leverage,
        new BigDecimal(floor),
        new BigDecimal(cap),
        new BigDecimal(ratio),
        new BigDecimal(deduction));
  }
}
