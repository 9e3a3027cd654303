package io.quantumtrader.topology.decision.universe;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.Given;

/** Market states to rank. */
final class States {

  private States() {}

  /** An hourly state of noon, so that what is set per hour holds as it is: passes both filters. */
  static MarketState.Builder hourly(String symbol) {
    return Given.state(symbol)
        .setIntervalMs(Given.HOUR)
        .setSigma(0.01)
        .setTs(0.4)
        .setPTrend(0.5)
        .setNotional24h(0);
  }
}
