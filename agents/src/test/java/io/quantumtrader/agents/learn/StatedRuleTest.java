package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.feature.Bar;
import io.quantumtrader.agents.learn.StatedRule.Exit;
import io.quantumtrader.agents.learn.StatedRule.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatedRuleTest {

  private static final long ENTRY = 1_000_000;
  private static final long MINUTE = 60_000;

  /** Stop at 98 or 102, target at 104 or 96, five minutes, a tenth of a percent of costs. */
  private static final StatedRule RULE = new StatedRule(0.02, 0.04, 5 * MINUTE, 0.001);

  /** Candles of open, high, low and close, one each minute after the entry. */
  private static List<Bar> candles(double[]... prices) {
    List<Bar> bars = new ArrayList<>();
    for (double[] each : prices) {
      long close = ENTRY + (bars.size() + 1) * MINUTE;
      bars.add(new Bar(close, each[0], each[1], each[2], each[3], 1));
    }
    return bars;
  }

  private static Outcome follow(int direction, double[]... prices) {
    return RULE.follow(direction, ENTRY, 100, candles(prices)).orElseThrow();
  }

  private static void assertEnds(Outcome outcome, Exit exit, double price, int minutes) {
    assertThat(outcome.exit()).isEqualTo(exit);
    assertThat(outcome.price()).isCloseTo(price, within(1e-9));
    assertThat(outcome.heldMs()).isEqualTo(minutes * MINUTE);
  }

  @Test
  void shouldEndAtTheStopOnEachSide() {
    Outcome bought = follow(1, new double[] {100, 101, 99, 100}, new double[] {100, 101, 98, 99});
    assertEnds(bought, Exit.STOP, 98, 2);
    assertThat(bought.profit()).isCloseTo(-0.021, within(1e-12));
    assertThat(bought.r()).isCloseTo(-1.05, within(1e-12));
    Outcome sold = follow(-1, new double[] {100, 102, 99, 101});
    assertEnds(sold, Exit.STOP, 102, 1);
    assertThat(sold.r()).isCloseTo(-1.05, within(1e-12));
  }

  @Test
  void shouldEndAtTheTargetOnEachSide() {
    Outcome bought = follow(1, new double[] {100, 104, 98.01, 103});
    assertEnds(bought, Exit.TARGET, 104, 1);
    assertThat(bought.r()).isCloseTo(1.95, within(1e-12));
    assertEnds(follow(-1, new double[] {100, 101.99, 96, 97}), Exit.TARGET, 96, 1);
  }

  @Test
  void shouldTakeTheStopWhereACandleTouchesBoth() {
    assertEnds(follow(1, new double[] {100, 105, 97, 100}), Exit.STOP, 98, 1);
    assertEnds(follow(-1, new double[] {100, 103, 95, 100}), Exit.STOP, 102, 1);
  }

  @Test
  void shouldLeaveAtTheOpenOfACandleThatBeginsBeyond() {
    assertEnds(follow(1, new double[] {97, 99, 96, 98}), Exit.STOP, 97, 1);
    assertEnds(follow(1, new double[] {105, 106, 104, 105}), Exit.TARGET, 105, 1);
    assertEnds(follow(-1, new double[] {103, 104, 101, 102}), Exit.STOP, 103, 1);
    assertEnds(follow(-1, new double[] {95, 96, 94, 95}), Exit.TARGET, 95, 1);
  }

  @Test
  void shouldEndAtTheCloseWhereTheTimeIsOverAndNotBefore() {
    double[] still = {100, 100.5, 99.5, 100.2};
    assertThat(RULE.follow(1, ENTRY, 100, candles(still, still, still, still))).isEmpty();
    Outcome outcome = follow(1, still, still, still, still, still);
    assertEnds(outcome, Exit.TIME, 100.2, 5);
    assertThat(outcome.profit()).isCloseTo(0.001, within(1e-12));
    assertThat(RULE.follow(1, ENTRY, 100, List.of())).isEmpty();
  }

  @Test
  void shouldNotTouchWhatIsAStepAway() {
    assertThat(RULE.follow(1, ENTRY, 100, candles(new double[] {100, 103.99, 98.01, 100})))
        .isEmpty();
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    assertThatThrownBy(() -> new StatedRule(1, 1, 1, 0)).hasMessageContaining("stop distance 1.0");
    assertThatThrownBy(() -> new StatedRule(0.1, 0, 1, 0)).hasMessageContaining("0.0 above 0");
    assertThatThrownBy(() -> new StatedRule(0.1, 1, 0, 0)).hasMessageContaining("horizon 0 ms");
    assertThatThrownBy(() -> new StatedRule(0.1, 1, 1, -1)).hasMessageContaining("costs -1.0");
    assertThatThrownBy(() -> RULE.follow(0, ENTRY, 100, List.of()))
        .hasMessageContaining("direction 0");
    assertThatThrownBy(() -> RULE.follow(1, ENTRY, Double.NaN, List.of()))
        .hasMessageContaining("price NaN");
  }
}
