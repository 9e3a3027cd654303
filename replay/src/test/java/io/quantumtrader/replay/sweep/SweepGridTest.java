package io.quantumtrader.replay.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepGridTest {

  private static SweepGrid grid(String... ranges) {
    return new SweepGrid(List.of(ranges).stream().map(SweepRange::parse).toList());
  }

  @Test
  void shouldGoFromOneEndToTheOtherInExactSteps() {
    assertThat(grid("killThreshold=0.5..0.8/0.1").all())
        .containsExactly(
            List.of("killThreshold=0.5"),
            List.of("killThreshold=0.6"),
            List.of("killThreshold=0.7"),
            List.of("killThreshold=0.8"));
    assertThat(grid("maxPositions=1..4/2").all()).hasSize(2);
  }

  @Test
  void shouldCombineAllValues() {
    assertThat(grid("a=1..2/1", "b=1..3/1").all())
        .hasSize(6)
        .startsWith(List.of("a=1", "b=1"), List.of("a=1", "b=2"))
        .endsWith(List.of("a=2", "b=3"));
  }

  @Test
  void shouldTakeSomeEachOnceTheSameForTheSameSeed() {
    SweepGrid grid = grid("a=1..100/1", "b=1..100/1", "c=1..100/1");

    List<List<String>> some = grid.some(50, 7);

    assertThat(new HashSet<>(some)).hasSize(50);
    assertThat(grid.some(50, 7)).isEqualTo(some);
    assertThat(grid.some(50, 8)).isNotEqualTo(some);
    assertThat(grid("a=1..3/1").some(50, 7)).isEqualTo(grid("a=1..3/1").all());
  }

  @Test
  void shouldRefuseMoreThanCanBeRun() {
    assertThatThrownBy(() -> grid("a=1..1000/1", "b=1..1000/1").all())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1,000,000 combinations");
  }

  @Test
  void shouldRefuseAThresholdThatIsSweptTwice() {
    assertThatThrownBy(() -> grid("a=1..2/1", "a=1..3/1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a is swept twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a=1", "a=1..2", "a=2..1/1", "a=1..2/0", "a=x..2/1", "a=0..1/0.0000001"})
  void shouldSayWhyATextIsNoRange(String text) {
    assertThatThrownBy(() -> SweepRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
