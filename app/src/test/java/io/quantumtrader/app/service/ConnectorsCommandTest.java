package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code service connectors} gives the source. */
final class ConnectorsCommandTest {

  @Test
  void shouldGiveTheSourceTheSignalsThatAreSwitchedOn() {
    assertThat(source()).containsEntry("streams.on", "");
    assertThat(source("--signals", "live")).containsEntry("streams.on", "stream:live_signals");
    assertThat(source("--signals", "ai,live", "--redis-prefix", "quantum:shadow:"))
        .containsEntry("streams.on", "stream:ai.signal_generated,stream:live_signals")
        .containsEntry("key.prefix", "quantum:shadow:");
  }

  @Test
  void shouldRefuseSignalsThatThereAreNot() {
    assertThatThrownBy(() -> source("--signals", "dead")).hasMessageContaining("AI, LIVE");
  }

  private static Map<String, String> source(String... options) {
    ConnectorsCommand command = new ConnectorsCommand();
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return command.sourceConfiguration();
  }
}
