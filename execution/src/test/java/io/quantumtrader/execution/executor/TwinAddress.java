package io.quantumtrader.execution.executor;

import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.execution.binance.BinanceSettings;
import io.quantumtrader.execution.twin.ExchangeTwin;
import java.time.Duration;

/** The way to a twin whose clock a test turns. */
final class TwinAddress {

  private TwinAddress() {}

  /** Returns the usual settings, but an order is looked at once, and lists every five seconds. */
  static BinanceSettings settings(ExchangeTwin twin) {
    BinanceSettings usual =
        BinanceSettings.of(BinanceEnvironment.at("twin", twin.restUrl(), twin.streamUrl()));
    return new BinanceSettings(
        usual.environment(),
        usual.rest(),
        usual.quoteAsset(),
        usual.workingType(),
        usual.sendsWithin(),
        Duration.ZERO,
        usual.instrumentsEvery(),
        Duration.ofSeconds(5),
        usual.keepAliveEvery(),
        usual.silence());
  }
}
