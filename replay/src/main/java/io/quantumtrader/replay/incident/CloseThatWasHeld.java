package io.quantumtrader.replay.incident;

import io.quantumtrader.replay.incident.MadeCandles.Leg;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A close was asked for at a kill score of 0.756, and held back for it. */
final class CloseThatWasHeld {

  static final List<String> STORY =
      List.of(
          "A long was opened in a trend. The trend ended, and the kill score rose to 0.756: the"
              + " harvest service asked for a full close from 0.60 on, and the next service blocked"
              + " every close from 0.65 on, because of the same number. The position stayed while"
              + " the price jumped and fell back.",
          "Today the documented behaviour is one close policy among three, and stops, targets and"
              + " an operator's close pass under each. The policy of then can still be set, with"
              + " the references of the score for an hour on candles of a minute.");

  private static final int WARM_UP = 300;
  private static final double ENTRY_NOTIONAL = 2_000;

  /** The settings that come to the rules of then: exit contract, 5.1 and 7.1. */
  static final List<String> THEN =
      List.of(
          "closePolicy=hold_when_unstable",
          "killSigmaRef=0.0774596669",
          "killTsRef=2.3237900077",
          "unstableKillScore=0.65");

  private CloseThatWasHeld() {}

  static IncidentInput input() {
    List<Candle> candles =
        MadeCandles.of(
            "BTCUSDT",
            61_000,
            7,
            List.of(
                new Leg(WARM_UP, 0.0005, 0.0006),
                new Leg(130, 0.00003, 0.0006),
                new Leg(4, 0.005, 0.0001),
                new Leg(16, 0, 0.0006),
                new Leg(10, -0.004, 0.0002),
                new Leg(20, 0, 0.0006)));
    double price = candles.get(WARM_UP - 1).getClose().doubleValue();
    String payload =
        String.format(
            Locale.ROOT,
            "{\"symbol\": \"BTCUSDT\", \"side\": \"BUY\", \"position_size_usd\": %.1f,"
                + " \"leverage\": 5, \"entry_price\": %.2f, \"stop_loss\": %.2f,"
                + " \"take_profit\": %.2f, \"confidence\": 0.8123}",
            ENTRY_NOTIONAL,
            price,
            price * 0.99,
            price * 1.1);
    return new IncidentInput(
        candles,
        List.of(SentIntent.wrapped(MadeCandles.endOf(WARM_UP), 0, payload)),
        policy(List.of()),
        List.of("BTCUSDT"));
  }

  /** Returns the default policy with some thresholds changed, and BTCUSDT alone to be opened. */
  static Policy policy(List<String> thresholds) {
    List<String> all = new ArrayList<>(thresholds);
    all.add("allowedSymbols=BTCUSDT");
    PolicyChange.Outcome outcome = PolicyChange.of(all).on(Policies.initial(MadeCandles.BEGIN_MS));
    if (!outcome.violations().isEmpty()) {
      throw new IllegalStateException("thresholds of an incident: " + outcome.violations());
    }
    return outcome.policy();
  }
}
