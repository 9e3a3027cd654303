package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.SignedRest.RestSettings;
import java.time.Duration;

/**
 * How the exchange is traded at.
 *
 * @param environment where it is
 * @param rest how requests are sent
 * @param quoteAsset the currency of the wallet and of all symbols that are traded
 * @param workingType the price that sets off stops and targets
 * @param sendsWithin how long after the executor's decision an order may be sent; later it must be
 *     decided anew. Above 0
 * @param fillsWithin how long the fills of an accepted order are waited for before it is reported
 *     as open, 0 or more
 * @param instrumentsEvery how often filters and brackets are asked for, above 0
 * @param syncEvery how often trades and cash are asked for while the stream is well, above 0
 * @param keepAliveEvery how often the key of the user stream is kept alive; it lives 60 minutes
 * @param silence after how long without a sign of life the user stream is looked into
 */
public record BinanceSettings(
    BinanceEnvironment environment,
    RestSettings rest,
    String quoteAsset,
    WorkingType workingType,
    Duration sendsWithin,
    Duration fillsWithin,
    Duration instrumentsEvery,
    Duration syncEvery,
    Duration keepAliveEvery,
    Duration silence) {

  /** A price that sets off conditional orders. */
  public enum WorkingType {
    /** The mark price, which a single trade does not move. */
    MARK_PRICE,
    /** The last price. */
    CONTRACT_PRICE
  }

  /** Checks the ranges. */
  public BinanceSettings {
    positive("sendsWithin", sendsWithin);
    positive("instrumentsEvery", instrumentsEvery);
    positive("syncEvery", syncEvery);
    positive("keepAliveEvery", keepAliveEvery);
    positive("silence", silence);
    if (fillsWithin.isNegative()) {
      throw new IllegalArgumentException("fillsWithin must not be below 0: " + fillsWithin);
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be above 0: " + value);
    }
  }

  /** Returns what suits an exchange. */
  public static BinanceSettings of(BinanceEnvironment environment) {
    return new BinanceSettings(
        environment,
        RestSettings.STANDARD,
        "USDT",
        WorkingType.MARK_PRICE,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofHours(1),
        Duration.ofSeconds(20),
        Duration.ofMinutes(30),
        Duration.ofMinutes(4));
  }
}
