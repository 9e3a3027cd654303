package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.topology.Tuning;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The options of {@code service stages}. */
class StagesCommandTest {

  private static StagesCommand parsed(String... options) {
    StagesCommand command = new StagesCommand();
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return command;
  }

  @Test
  void shouldBeTunedForWhatIsAskedForAndForLatencyElse() {
    assertThat(parsed("--state-dir", "s").tuning).isEqualTo(Tuning.LATENCY);
    assertThat(parsed("--state-dir", "s", "--tuning", "throughput").tuning)
        .isEqualTo(Tuning.THROUGHPUT);
  }

  @Test
  void shouldRefuseAnotherTuningAndSayWhichThereAre() {
    assertThatThrownBy(() -> parsed("--state-dir", "s", "--tuning", "speed"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContainingAll("--tuning", "LATENCY", "THROUGHPUT", "speed");
  }
}
