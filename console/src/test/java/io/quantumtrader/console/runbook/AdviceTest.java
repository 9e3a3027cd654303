package io.quantumtrader.console.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdviceTest {

  @Test
  void shouldSayWhatToDoAboutEachCodeAndAboutNoOther() {
    // when
    List<String> written = List.copyOf(Advice.ofCodes().keySet());

    // then
    assertThat(written)
        .as("codes.txt says of each reason code what to do, and of nothing else")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ReasonCode.values()).map(Enum::name).toList());
  }

  @Test
  void shouldHaveTheTenTroublesOfTheSystemBeforeAndTwoOfBackups() {
    assertThat(Advice.lines("troubles.txt", 5)).hasSize(12);
  }
}
