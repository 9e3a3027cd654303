package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.policy.Policies;
import org.junit.jupiter.api.Test;

/** What can be said of a policy where nothing runs. */
final class PolicyWithoutPipelineTest {

  @Test
  void shouldCheckAgainstTheBuiltInOne() {
    assertThat(CommandRun.of("policy", "validate", "--builtin", "maxPositions=20"))
        .isEqualTo(
            new CommandRun(
                0,
                "default: would be valid\n  maxPositions            10 -> 20\n"
                    .replace("\n", System.lineSeparator()),
                ""));
    assertThat(Policies.builtin().getMaxPositions()).isEqualTo(10);
  }
}
