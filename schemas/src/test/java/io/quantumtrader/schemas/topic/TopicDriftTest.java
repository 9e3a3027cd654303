package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicDriftTest {

  @Test
  void shouldSayWhatDiffersAndWhatToDo() {
    assertThat(new TopicDrift.Missing(Topic.CLOCK).text())
        .isEqualTo("quantum.clock does not exist: run the registration step.");
    assertThat(new TopicDrift.Partitions(Topic.CLOCK, 3, 5).text())
        .startsWith("quantum.clock has 5 partitions, expected 3: all topics of the group ACCOUNT");
    assertThat(new TopicDrift.Replication(Topic.CLOCK, 3, 1).text())
        .startsWith("quantum.clock has replication factor 1, expected 3");
    assertThat(new TopicDrift.Setting(Topic.POLICY, "cleanup.policy", "compact", "delete").text())
        .isEqualTo(
            "quantum.policy has cleanup.policy=delete, expected compact: run kafka-configs.sh"
                + " --alter --topic quantum.policy --add-config cleanup.policy=compact.");
  }

  @Test
  void shouldRefuseSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new TopicSettings(PartitionCounts.DEFAULT, (short) 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new TopicSettings(
                    PartitionCounts.DEFAULT, (short) 1, Map.of("cleanup.policy", "delete")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("catalog");
  }

  @Test
  void shouldKeepEveryVersionOfThePolicyWhateverAnInstallationWants() {
    TopicSettings settings =
        new TopicSettings(
            PartitionCounts.DEFAULT, (short) 1, Map.of("min.compaction.lag.ms", "1000"));

    assertThat(settings.of(Topic.POLICY))
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("min.compaction.lag.ms", "9223372036854775807");
    assertThat(settings.of(Topic.CONTROL)).containsEntry("min.compaction.lag.ms", "1000");
  }
}
