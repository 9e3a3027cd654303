package io.quantumtrader.agents.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.agents.learn.WalkForward.Fold;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WalkForwardTest {

  @Test
  void shouldTestEachPartOnceAndTrainOnWhatLiesBeforeItsEmbargo() {
    // when
    List<Fold> folds = WalkForward.split(1_000, 1_403, 3, 30);

    // then parts of a hundred, the last with what is left over
    assertThat(folds)
        .containsExactly(
            new Fold(1_000, 1_070, 1_100, 1_200),
            new Fold(1_000, 1_170, 1_200, 1_300),
            new Fold(1_000, 1_270, 1_300, 1_403));
  }

  /** What is held for as long as the embargo and trained on has ended before the test begins. */
  @Test
  void shouldTrainOnNothingThatEndsWithinATest() {
    long embargo = 37;
    for (Fold fold : WalkForward.split(0, 1_000, 4, embargo)) {
      for (long at = 0; at < 1_000; at++) {
        if (fold.trains(at)) {
          assertThat(at + embargo).isLessThan(fold.testFromMs());
          assertThat(fold.tests(at)).isFalse();
        }
      }
      assertThat(fold.tests(fold.testFromMs())).isTrue();
      assertThat(fold.tests(fold.testToMs())).isFalse();
      assertThat(fold.trains(fold.trainToMs())).isFalse();
      assertThat(fold.trains(fold.trainToMs() - 1)).isTrue();
    }
  }

  @Test
  void shouldRefuseAHistoryThatIsTooShort() {
    assertThatThrownBy(() -> WalkForward.split(0, 100, 3, 25))
        .hasMessage("a history of 100 ms is too short for 3 folds with an embargo of 25 ms");
    assertThat(WalkForward.split(0, 100, 3, 24)).hasSize(3);
    assertThatThrownBy(() -> WalkForward.split(0, 100, 0, 1)).hasMessageContaining("0 folds");
    assertThatThrownBy(() -> WalkForward.split(0, 100, 1, -1)).hasMessageContaining("-1 ms");
  }
}
