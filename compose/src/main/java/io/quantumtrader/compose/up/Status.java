package io.quantumtrader.compose.up;

import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.schemas.topic.Topic;
import java.math.RoundingMode;
import java.util.Locale;

/** The one line that shows how a run is going. */
final class Status {

  private Status() {}

  static String line(RunStatistics tally) {
    return String.format(
        Locale.ROOT,
        "candles %,d  states %,d  intents %,d  plans %,d  fills %,d  open %d  equity %s",
        tally.count(Topic.CANDLE),
        tally.count(Topic.MARKET_STATE),
        tally.count(Topic.TRADE_INTENT),
        tally.intentPlans(),
        tally.fills(),
        tally.openPositions(),
        tally.equity().setScale(2, RoundingMode.HALF_EVEN).toPlainString());
  }
}
