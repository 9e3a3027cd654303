package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.compose.up.BackupOfPipelineTest;
import io.quantumtrader.compose.up.OldBackupOnTwinTest;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.runbook.RunbookPage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever costs points, and whatever people say, is started for real in some situation. */
@Tag("real")
final class SituationListTest {

  @Test
  void shouldBreakAPipelineForEachCost() {
    assertThat(
            Stream.concat(
                BrokenSituationsTest.all().stream().flatMap(each -> each.costs().stream()),
                BrokerAwayTest.COSTS.stream()))
        .containsOnly(HealthCost.values());
  }

  @Test
  void shouldBreakAPipelineForEachTrouble() {
    List<String> troubles =
        BrokenSituationsTest.all().stream().flatMap(each -> each.troubles().stream()).toList();

    assertThat(troubles).hasSize(10);
    assertThat(
            Stream.concat(
                troubles.stream(),
                Stream.of(BackupOfPipelineTest.TROUBLE, OldBackupOnTwinTest.TROUBLE)))
        .containsExactlyInAnyOrderElementsOf(RunbookPage.troubles());
  }

  @Test
  void shouldCallEachSituationByAnotherName() {
    assertThat(BrokenSituationsTest.all()).extracting(Situation::name).doesNotHaveDuplicates();
  }
}
