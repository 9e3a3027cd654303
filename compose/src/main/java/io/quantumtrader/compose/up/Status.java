package io.quantumtrader.compose.up;

import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.schemas.topic.Topic;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one line that shows how a run is going. */
final class Status {

  private static final long THOUSAND = 1_000;
  private static final long MILLION = 1_000_000;

  /** What goes first where there is no room for all; equity and what is open stay. */
  private static final List<String> DISPENSABLE =
      List.of("states", "candles", "intents", "plans", "fills");

  private record Field(String name, String value) {
    @Override
    public String toString() {
      return name + " " + value;
    }
  }

  private Status() {}

  /**
   * Returns the line.
   *
   * @param width how many characters there is room for; fields that do not fit are left out whole
   */
  static String line(RunStatistics statistics, int width) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                new Field("candles", count(statistics.count(Topic.CANDLE))),
                new Field("states", count(statistics.count(Topic.MARKET_STATE))),
                new Field("intents", count(statistics.count(Topic.TRADE_INTENT))),
                new Field("plans", count(statistics.intentPlans())),
                new Field("fills", count(statistics.fills())),
                new Field("open", count(statistics.openPositions())),
                new Field(
                    "equity",
                    String.format(
                        Locale.ROOT,
                        "%,.2f",
                        statistics.equity().setScale(2, RoundingMode.HALF_EVEN)))));
    for (String name : DISPENSABLE) {
      if (joined(fields).length() > width) {
        fields.removeIf(field -> field.name().equals(name));
      }
    }
    return joined(fields);
  }

  private static String joined(List<Field> fields) {
    return String.join("  ", fields.stream().map(Field::toString).toList());
  }

  private static String count(long number) {
    if (number < 10 * THOUSAND) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    return number < 10 * MILLION
        ? String.format(Locale.ROOT, "%,dk", number / THOUSAND)
        : String.format(Locale.ROOT, "%,dM", number / MILLION);
  }
}
