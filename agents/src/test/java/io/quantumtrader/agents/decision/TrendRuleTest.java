package io.quantumtrader.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.States;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.policy.IntervalScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels: exit 0.3, enter 0.6, strong 1.2; quiet 0.005, wild 0.05, slack 0.8. */
final class TrendRuleTest {

  private static final TrendRule RULE = new TrendRule(TrendThresholds.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    // View, trend, volatility: what it asks for, the view after it.
    "NONE,  0.59,  0.01,    -,          NONE",
    "NONE,  0.601, 0.01,    OPEN_LONG,  LONG",
    "NONE,  0.7,   0.01,    OPEN_LONG,  LONG",
    "NONE, -0.59,  0.01,    -,          NONE",
    "NONE, -0.601, 0.01,    OPEN_SHORT, SHORT",
    "NONE,  1.199, 0.01,    OPEN_LONG,  LONG",
    "NONE,  1.201, 0.01,    OPEN_LONG,  LONG!",
    "NONE, -1.201, 0.01,    OPEN_SHORT, SHORT!",
    "NONE,  0,     0.01,    -,          NONE",
    // The volatility filter of an entry, and its slack.
    "NONE,  0.7,   0.00501, OPEN_LONG,  LONG",
    "NONE,  0.7,   0.00499, -,          NONE",
    "NONE,  0.7,   0.00401, -,          NONE",
    "NONE,  0.7,   0.00399, HOLD,       ASIDE",
    "NONE,  0.7,   0.0499,  OPEN_LONG,  LONG",
    "NONE,  0.7,   0.0501,  -,          NONE",
    "NONE,  0.7,   0.0624,  -,          NONE",
    "NONE,  0.7,   0.0626,  HOLD,       ASIDE",
    "NONE,  0,     0.001,   HOLD,       ASIDE",
    // Staying away is asked for once.
    "ASIDE, 0.7,   0.00399, -,          ASIDE",
    "ASIDE, 0.7,   0.00499, -,          ASIDE",
    "ASIDE, 0.5,   0.00501, -,          NONE",
    "ASIDE, 0.7,   0.00501, OPEN_LONG,  LONG",
    "ASIDE, 0.7,   0.0501,  -,          ASIDE",
    // The end of a view.
    "LONG,  0.601, 0.01,    -,          LONG",
    "LONG,  0.301, 0.01,    -,          LONG",
    "LONG, -0.299, 0.01,    -,          LONG~",
    "LONG, -0.301, 0.01,    CLOSE,      NONE",
    "SHORT, 0.299, 0.01,    -,          SHORT~",
    "SHORT, 0.301, 0.01,    CLOSE,      NONE",
    // A trend that fades is no reason to leave; when it is back it is asked for once more.
    "LONG,  0.299, 0.01,    -,          LONG~",
    "LONG!, 0.299, 0.01,    -,          LONG~",
    "SHORT,-0.301, 0.01,    -,          SHORT",
    "SHORT,-0.299, 0.01,    -,          SHORT~",
    "LONG~, 0.599, 0.01,    -,          LONG~",
    "LONG~, 0.601, 0.01,    OPEN_LONG,  LONG",
    "LONG~, 1.201, 0.01,    OPEN_LONG,  LONG!",
    "SHORT~,-0.601,0.01,    OPEN_SHORT, SHORT",
    "LONG~, 0.601, 0.00499, -,          LONG~",
    "LONG~,-0.301, 0.01,    CLOSE,      NONE",
    // A reversal closes first, however strong it is.
    "LONG, -2,     0.01,    CLOSE,      NONE",
    "SHORT, 2,     0.01,    CLOSE,      NONE",
    // Volatility ends a view, with slack.
    "LONG,  0.7,   0.00401, -,          LONG",
    "LONG,  0.7,   0.00399, CLOSE,      NONE",
    "LONG,  0.7,   0.0624,  -,          LONG",
    "LONG,  0.7,   0.0626,  CLOSE,      NONE",
    // A trend that grows strong is asked for once more.
    "LONG,  1.199, 0.01,    -,          LONG",
    "LONG,  1.201, 0.01,    OPEN_LONG,  LONG!",
    "SHORT,-1.201, 0.01,    OPEN_SHORT, SHORT!",
    "LONG,  1.201, 0.00499, -,          LONG",
    "LONG!, 1.3,   0.01,    -,          LONG!",
    "LONG!, 0.601, 0.01,    -,          LONG!",
    "LONG!, 0.599, 0.01,    -,          LONG",
  })
  void shouldGoFromViewToView(
      String before, double trend, double volatility, String action, String after) {
    Opinion opinion = RULE.look(view(before), States.of("AUSDT", 1, trend, volatility).build());

    assertThat(opinion.view()).isEqualTo(view(after));
    assertThat(opinion.call().map(call -> call.action().name()).orElse("-")).isEqualTo(action);
  }

  /** Candles of an hour have the factor one, so a level can be met to the last bit. */
  @ParameterizedTest
  @CsvSource({
    // View, trend, volatility; what is asked for one step below, at and one step above the trend.
    "NONE,  0.6,    0.01, -,          OPEN_LONG,  OPEN_LONG",
    "NONE, -0.6,    0.01, OPEN_SHORT, OPEN_SHORT, -",
    "LONG, -0.3,    0.01, CLOSE,      -,          -",
    "SHORT, 0.3,    0.01, -,          -,          CLOSE",
    "LONG~, 0.6,    0.01, -,          OPEN_LONG,  OPEN_LONG",
    "LONG,  1.2,    0.01, -,          OPEN_LONG,  OPEN_LONG",
    "SHORT,-1.2,    0.01, OPEN_SHORT, OPEN_SHORT, -",
  })
  void shouldMeetTheLevelsOfTrendExactly(
      String before, double trend, double volatility, String below, String at, String above) {
    assertThat(asked(view(before), Math.nextDown(trend), volatility)).isEqualTo(below);
    assertThat(asked(view(before), trend, volatility)).isEqualTo(at);
    assertThat(asked(view(before), Math.nextUp(trend), volatility)).isEqualTo(above);
  }

  @ParameterizedTest
  @CsvSource({
    // View, volatility with a trend of 0.7; what is asked for one step below, at and one above.
    "NONE, 0.005,  -,         OPEN_LONG, OPEN_LONG",
    "NONE, 0.05,   OPEN_LONG, OPEN_LONG, -",
    "NONE, 0.004,  HOLD,      -,         -",
    "NONE, 0.0625, -,         -,         HOLD",
    "LONG, 0.004,  CLOSE,     -,         -",
    "LONG, 0.0625, -,         -,         CLOSE",
  })
  void shouldMeetTheLevelsOfVolatilityExactly(
      String before, double volatility, String below, String at, String above) {
    assertThat(asked(view(before), 0.7, Math.nextDown(volatility))).isEqualTo(below);
    assertThat(asked(view(before), 0.7, volatility)).isEqualTo(at);
    assertThat(asked(view(before), 0.7, Math.nextUp(volatility))).isEqualTo(above);
  }

  @Test
  void shouldBeStrongFromTheLevelOn() {
    assertThat(look(View.NONE, Math.nextDown(1.2), 0.01).view()).isEqualTo(view("LONG"));
    assertThat(look(View.NONE, 1.2, 0.01).view()).isEqualTo(view("LONG!"));
    assertThat(look(view("LONG!"), 0.6, 0.01).view()).isEqualTo(view("LONG!"));
    assertThat(look(view("LONG!"), Math.nextDown(0.6), 0.01).view()).isEqualTo(view("LONG"));
    assertThat(RULE.afterwards(IntentAction.OPEN_LONG, 1.2 / (1.2 + 0.6))).isEqualTo(view("LONG!"));
    assertThat(RULE.afterwards(IntentAction.OPEN_LONG, Math.nextDown(1.2 / (1.2 + 0.6))))
        .isEqualTo(view("LONG"));
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, 300_000, 3_600_000, 86_400_000})
  void shouldScaleItsLevelsWithTheRootOfTheInterval(long intervalMs) {
    MarketState above =
        States.of("AUSDT", 1, 0, 0)
            .setIntervalMs(intervalMs)
            .setSigma(IntervalScale.fromHour(0.0051, intervalMs))
            .setMu(1)
            .setTs(IntervalScale.fromHour(0.601, intervalMs))
            .build();
    MarketState below =
        MarketState.newBuilder(above).setTs(IntervalScale.fromHour(0.599, intervalMs)).build();

    assertThat(RULE.look(View.NONE, above).view().stance()).isEqualTo(Stance.LONG);
    assertThat(RULE.look(View.NONE, below).view()).isEqualTo(View.NONE);
  }

  @Test
  void shouldNotFlapWhereTheTrendStandsAtALevel() {
    List<IntentAction> asked = new ArrayList<>();
    View view = View.NONE;

    for (int i = 0; i < 50; i++) {
      double trend = i % 2 == 0 ? 0.61 : 0.59;
      Opinion opinion = RULE.look(view, States.trend("AUSDT", i, trend));
      view = opinion.view();
      opinion.call().ifPresent(call -> asked.add(call.action()));
    }

    assertThat(asked).containsExactly(IntentAction.OPEN_LONG);
  }

  @ParameterizedTest
  @CsvSource({
    // An entry: one half where views begin, two thirds where they are strong.
    "NONE,  0.6000001, 0.01, 0.5",
    "NONE,  1.2000001, 0.01, 0.666667",
    "NONE, -1.8,       0.01, 0.75",
    // A close: two thirds for a faded trend in a wild market, certain where the trend has turned.
    "LONG,  0.3,       0.1,  0.666667",
    "LONG, -1,         0.01, 1",
    "SHORT, 1,         0.01, 1",
    "NONE,  0.6,      0.001, 0.5",
    "NONE,  0,        0.001, 1",
  })
  void shouldBeAsConfidentAsTheTrendIsClear(
      String before, double trend, double volatility, double confidence) {
    Opinion opinion = RULE.look(view(before), States.of("AUSDT", 1, trend, volatility).build());

    assertThat(opinion.call().orElseThrow().confidence()).isCloseTo(confidence, within(1e-6));
  }

  @Test
  void shouldTakeALevelOfVolatilityThatIsNoSlack() {
    TrendThresholds strict = new TrendThresholds(0.3, 0.6, 1.2, 0.005, 0.05, 1, 1);
    TrendRule rule = new TrendRule(strict);

    Opinion opinion = rule.look(View.NONE, States.of("AUSDT", 1, 0.7, 0.0049).build());

    assertThat(opinion.view()).isEqualTo(View.ASIDE);
    assertThat(rule.blindIntervals()).isEqualTo(1);
  }

  @Test
  void shouldSayWhyWithTheNumbers() {
    assertThat(reason(View.NONE, 0.712, 0.01)).isEqualTo("trend +0.712 (enter 0.600)");
    assertThat(reason(view("LONG"), -0.4, 0.01)).isEqualTo("trend turned to -0.400 (exit 0.300)");
    assertThat(reason(view("SHORT"), -1.5, 0.01)).isEqualTo("trend grew to -1.500 (strong 1.200)");
    assertThat(reason(View.NONE, 0, 0.001))
        .isEqualTo("volatility 0.00100 is too low (quiet 0.00500)");
    assertThat(reason(view("LONG"), 1, 0.1))
        .isEqualTo("volatility 0.10000 is too high (wild 0.05000)");
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, -1, NaN, false",
    "LONG, NaN, 0.01, false",
    "NONE, Infinity, 0.01, false",
    "LONG, -1, 0.01, true"
  })
  void shouldNotChangeItsViewForNumbersThatAreNone(
      String before, double trend, double volatility, boolean suspect) {
    MarketState state = States.of("AUSDT", 1, trend, volatility).setPriceSuspect(suspect).build();

    assertThat(RULE.look(view(before), state))
        .isEqualTo(new Opinion(view(before), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"NONE, -, NONE", "ASIDE, -, ASIDE", "LONG, CLOSE, NONE", "SHORT!, CLOSE, NONE"})
  void shouldEndAViewOfWhatItNoLongerSees(String before, String action, String after) {
    Opinion opinion = RULE.lostSight(view(before), 301_000);

    assertThat(opinion.view()).isEqualTo(view(after));
    assertThat(opinion.call().map(call -> call.action().name()).orElse("-")).isEqualTo(action);
    opinion
        .call()
        .ifPresent(call -> assertThat(call.reason()).isEqualTo("no market state for 301 s"));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 0.7, 0.01",
    "NONE, -1.3, 0.01",
    "LONG, 1.3, 0.01",
    "LONG, -0.4, 0.01",
    "NONE, 0, 0.001"
  })
  void shouldRememberFromWhatWasAskedForAlone(String before, double trend, double volatility) {
    Opinion opinion = RULE.look(view(before), States.of("AUSDT", 1, trend, volatility).build());
    Opinion.Call call = opinion.call().orElseThrow();

    assertThat(RULE.afterwards(call.action(), call.confidence())).isEqualTo(opinion.view());
  }

  @ParameterizedTest
  @CsvSource({
    "0,   0.6, 1.2, 0.005, 0.05,  0.8, 5",
    "0.6, 0.6, 1.2, 0.005, 0.05,  0.8, 5",
    "0.3, 1.2, 1.2, 0.005, 0.05,  0.8, 5",
    "0.3, 0.6, 1.2, 0,     0.05,  0.8, 5",
    "0.3, 0.6, 1.2, 0.005, 0.005, 0.8, 5",
    "0.3, 0.6, 1.2, 0.005, 0.05,  0,   5",
    "0.3, 0.6, 1.2, 0.005, 0.05,  1.1, 5",
    "0.3, 0.6, 1.2, 0.005, 0.05,  0.8, 0",
    "NaN, 0.6, 1.2, 0.005, 0.05,  0.8, 5",
  })
  void shouldRefuseLevelsThatDoNotLieInOrder(
      double exit,
      double enter,
      double strong,
      double quiet,
      double wild,
      double slack,
      int blind) {
    assertThatThrownBy(() -> new TrendThresholds(exit, enter, strong, quiet, wild, slack, blind))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String reason(View view, double trend, double volatility) {
    return RULE.look(view, States.of("AUSDT", 1, trend, volatility).build())
        .call()
        .orElseThrow()
        .reason();
  }

  private static String asked(View view, double trend, double volatility) {
    return look(view, trend, volatility).call().map(call -> call.action().name()).orElse("-");
  }

  private static Opinion look(View view, double trend, double volatility) {
    MarketState hourly =
        States.of("AUSDT", 1, 0, 0)
            .setIntervalMs(3_600_000)
            .setSigma(volatility)
            .setMu(trend)
            .setTs(Math.abs(trend))
            .build();
    return RULE.look(view, hourly);
  }

  /** Reads LONG, or LONG! for a strong one. */
  private static View view(String text) {
    boolean strong = text.endsWith("!");
    boolean faded = text.endsWith("~");
    String stance = strong || faded ? text.substring(0, text.length() - 1) : text;
    return new View(Stance.valueOf(stance), strong, faded);
  }
}
