package io.quantumtrader.agents;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.policy.IntervalScale;
import java.math.BigDecimal;

/** Market states for tests, in the hourly units that thresholds are set in. */
public final class States {

  /** One minute. */
  public static final long INTERVAL_MS = 60_000;

  private States() {}

  /** Returns a state of ordinary volatility with this trend: its strength, negative for down. */
  public static MarketState trend(String symbol, long asOfMs, double trend) {
    return of(symbol, asOfMs, trend, 0.01).build();
  }

  /** Returns a state with this trend and volatility, to be varied. */
  public static MarketState.Builder of(
      String symbol, long asOfMs, double trend, double volatility) {
    double sigma = IntervalScale.fromHour(volatility, INTERVAL_MS);
    double ts = IntervalScale.fromHour(Math.abs(trend), INTERVAL_MS);
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(asOfMs)
        .setIntervalMs(INTERVAL_MS)
        .setSigma(sigma)
        .setMu(Math.signum(trend) * ts * sigma)
        .setTs(ts)
        .setPTrend(0.5)
        .setPMr(0.2)
        .setPChop(0.3)
        .setDp(0.5)
        .setVr(1)
        .setSpikeProxy(1)
        .setAtr(1.5)
        .setLastPrice(new BigDecimal("100.5"))
        .setNotional24h(1e6)
        .setBufferSize(300);
  }
}
