package io.quantumtrader.compose.up;

import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.schemas.topic.Topic;
import java.math.RoundingMode;
import java.util.Locale;

/** The one line that shows how a run is going. */
final class Status {

  private Status() {}

  static String line(RunStatistics statistics) {
    return String.format(
        Locale.ROOT,
        "candles %,d  states %,d  intents %,d  plans %,d  fills %,d  open %d  equity %s",
        statistics.count(Topic.CANDLE),
        statistics.count(Topic.MARKET_STATE),
        statistics.count(Topic.TRADE_INTENT),
        statistics.intentPlans(),
        statistics.fills(),
        statistics.openPositions(),
        statistics.equity().setScale(2, RoundingMode.HALF_EVEN).toPlainString());
  }
}
