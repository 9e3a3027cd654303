package io.quantumtrader.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MeasurementsTest {

  @Test
  void shouldCoverThePlanEachPartOnce() {
    String covered =
        Measurements.all().stream().map(Measurement::covers).collect(Collectors.joining());

    assertThat(covered.chars().sorted().mapToObj(Character::toString).toList())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }

  @Test
  void shouldFindEachByItsName() {
    assertThat(Measurements.names()).doesNotHaveDuplicates();
    assertThat(Measurements.all())
        .allSatisfy(each -> assertThat(Measurements.named(each.name())).containsSame(each));
  }

  @Test
  void shouldSayWhatEachOneDoes() {
    assertThat(Measurements.all())
        .allSatisfy(each -> assertThat(each.explanation()).hasSizeGreaterThan(100));
  }

  @Test
  void shouldTryOutInOneShortRound() {
    assertThat(Effort.QUICK.rounds()).isEqualTo(1);
    assertThat(Effort.QUICK.warmUp()).isZero();
    assertThat(Effort.QUICK.size(4000, 30)).isEqualTo(30);
    assertThat(Effort.of(7)).isEqualTo(new Effort(7, 3, false));
    assertThat(Effort.of(7).size(4000, 30)).isEqualTo(4000);
  }
}
