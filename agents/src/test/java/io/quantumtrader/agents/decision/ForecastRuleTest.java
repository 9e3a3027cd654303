package io.quantumtrader.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quantumtrader.agents.forecast.EnsembleVote;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.ForecastFault;
import io.quantumtrader.agents.forecast.ForecastResult;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import io.quantumtrader.agents.forecast.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels: enter 0.625, exit 0.5, leave 0.75, which are exact in binary. */
final class ForecastRuleTest {

  private static final ModelId ID = new ModelId("a", "1");
  private static final ForecastRule RULE =
      new ForecastRule(new ForecastThresholds(0.625, 0.5, 0.75));

  @ParameterizedTest
  @CsvSource({
    // View, up, flat, down: what it asks for, the view after it.
    "NONE,   0.7,  0.2,  0.1,  OPEN_LONG,  LONG",
    "NONE,   0.1,  0.2,  0.7,  OPEN_SHORT, SHORT",
    "NONE,   0.5,  0.2,  0.3,  -,          NONE",
    "NONE,   0.1,  0.9,  0,    -,          NONE",
    "ASIDE,  0.7,  0.2,  0.1,  OPEN_LONG,  LONG",
    "ASIDE,  0.5,  0.2,  0.3,  -,          ASIDE",
    "LONG,   0.7,  0.2,  0.1,  -,          LONG",
    "LONG,   0.2,  0.6,  0.2,  -,          LONG",
    "LONG,   0.1,  0.3,  0.6,  CLOSE,      NONE",
    "LONG,   0.1,  0.8,  0.1,  CLOSE,      NONE",
    "SHORT,  0.1,  0.2,  0.7,  -,          SHORT",
    "SHORT,  0.6,  0.3,  0.1,  CLOSE,      NONE",
    "SHORT,  0.1,  0.8,  0.1,  CLOSE,      NONE",
    // A reversal closes first, however sure it is.
    "LONG,   0,    0,    1,    CLOSE,      NONE",
    "SHORT,  1,    0,    0,    CLOSE,      NONE",
    // What was asked for in vain is asked for again when it is as probable as at the start.
    "LONG~,  0.7,  0.2,  0.1,  OPEN_LONG,  LONG",
    "LONG~,  0.6,  0.2,  0.2,  -,          LONG~",
    "SHORT~, 0.1,  0.2,  0.7,  OPEN_SHORT, SHORT",
    "SHORT~, 0.2,  0.2,  0.6,  -,          SHORT~",
    "LONG~,  0.1,  0.2,  0.7,  CLOSE,      NONE",
  })
  void shouldGoFromViewToView(
      String before, double up, double flat, double down, String action, String after) {
    Opinion opinion = RULE.look(view(before), given(up, flat, down));

    assertThat(opinion.view()).isEqualTo(view(after));
    assertThat(action(opinion)).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    // View, outcome, level: what is asked for just below, at and just above the level.
    "NONE,   UP,   0.625, -, OPEN_LONG,  OPEN_LONG",
    "NONE,   DOWN, 0.625, -, OPEN_SHORT, OPEN_SHORT",
    "LONG~,  UP,   0.625, -, OPEN_LONG,  OPEN_LONG",
    "SHORT~, DOWN, 0.625, -, OPEN_SHORT, OPEN_SHORT",
    "LONG,   DOWN, 0.5,   -, CLOSE,      CLOSE",
    "SHORT,  UP,   0.5,   -, CLOSE,      CLOSE",
    "LONG,   FLAT, 0.75,  -, CLOSE,      CLOSE",
    "SHORT,  FLAT, 0.75,  -, CLOSE,      CLOSE",
  })
  void shouldMeetTheLevelsExactly(
      String before, String outcome, double level, String below, String at, String above) {
    assertThat(asked(before, outcome, Math.nextDown(level))).isEqualTo(below);
    assertThat(asked(before, outcome, level)).isEqualTo(at);
    assertThat(asked(before, outcome, Math.nextUp(level))).isEqualTo(above);
  }

  /** The rest is the direction of the view, or neither where the outcome is a direction of none. */
  private static String asked(String before, String outcome, double probability) {
    double rest = 1 - probability;
    View view = view(before);
    Forecast forecast =
        switch (outcome) {
          case "UP" -> new Forecast(probability, rest, 0);
          case "DOWN" -> new Forecast(0, rest, probability);
          default ->
              view.stance() == Stance.LONG
                  ? new Forecast(rest, probability, 0)
                  : new Forecast(0, probability, rest);
        };
    return action(RULE.look(view, new Given(ID, forecast, 0)));
  }

  @Test
  void shouldBeAsSureAsTheProbabilityThatItActsOn() {
    assertCall(RULE.look(View.NONE, given(0.7, 0.2, 0.1)), 0.7, "P(up) 0.700 (enter 0.625)");
    assertCall(RULE.look(View.NONE, given(0.1, 0.2, 0.7)), 0.7, "P(down) 0.700 (enter 0.625)");
    assertCall(RULE.look(view("LONG"), given(0.1, 0.3, 0.6)), 0.6, "P(down) 0.600 (exit 0.500)");
    assertCall(RULE.look(view("SHORT"), given(0.6, 0.3, 0.1)), 0.6, "P(up) 0.600 (exit 0.500)");
    assertCall(RULE.look(view("LONG"), given(0.1, 0.8, 0.1)), 0.8, "P(flat) 0.800 (leave 0.750)");
  }

  private static void assertCall(Opinion opinion, double confidence, String reason) {
    assertThat(opinion.call().orElseThrow().confidence()).isEqualTo(confidence);
    assertThat(opinion.call().orElseThrow().reason()).isEqualTo(reason);
  }

  /** Below one half both directions may reach the level. */
  @Test
  void shouldTakeTheMoreProbableDirectionAndNoneWhereTheyTie() {
    ForecastRule low = new ForecastRule(new ForecastThresholds(0.4, 0.7, 0.7));

    assertThat(action(low.look(View.NONE, given(0.5, 0.1, 0.4)))).isEqualTo("OPEN_LONG");
    assertThat(action(low.look(View.NONE, given(0.4, 0.1, 0.5)))).isEqualTo("OPEN_SHORT");
    assertThat(action(low.look(View.NONE, given(0.45, 0.1, 0.45)))).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({"NONE", "ASIDE", "LONG", "SHORT", "LONG~"})
  void shouldChangeNothingWithoutAForecast(String before) {
    for (ForecastFault fault : ForecastFault.values()) {
      Opinion opinion = RULE.look(view(before), new Failed(ID, fault, "why"));

      assertThat(opinion).isEqualTo(Opinion.unchanged(view(before)));
    }
  }

  @Test
  void shouldActOnAVoteUnlessItAbstains() {
    ForecastResult up = given(0.7, 0.2, 0.1);

    assertThat(action(RULE.look(View.NONE, new EnsembleVote(up, List.of(up), 1, false))))
        .isEqualTo("OPEN_LONG");
    assertThat(action(RULE.look(View.NONE, new EnsembleVote(up, List.of(up), 0.2, true))))
        .isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "0.333, 0.7, 0.7", "1.01, 0.7, 0.7", "NaN, 0.7, 0.7",
    "0.625, 0.375, 0.7", "0.625, 1.01, 0.7", "0.625, NaN, 0.7",
    "0.625, 0.7, 0.375", "0.625, 0.7, 1.01", "0.625, 0.7, NaN",
  })
  void shouldRefuseThresholdsThatMakeAViewFlap(double enter, double exit, double leave) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForecastThresholds(enter, exit, leave));
  }

  @Test
  void shouldTakeThresholdsAtTheirLimits() {
    assertThat(new ForecastThresholds(1, 1, 1).enter()).isEqualTo(1);
    assertThat(new ForecastThresholds(0.625, Math.nextUp(0.375), Math.nextUp(0.375)).exit())
        .isEqualTo(Math.nextUp(0.375));
  }

  private static ForecastResult given(double up, double flat, double down) {
    return new Given(ID, new Forecast(up, flat, down), 0);
  }

  /** A view by its stance; ~ is due. */
  private static View view(String text) {
    boolean due = text.endsWith("~");
    return new View(Stance.valueOf(due ? text.substring(0, text.length() - 1) : text), false, due);
  }

  private static String action(Opinion opinion) {
    return opinion.call().map(call -> call.action().name()).orElse("-");
  }
}
