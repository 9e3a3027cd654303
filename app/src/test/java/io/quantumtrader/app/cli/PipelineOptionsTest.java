package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control show --bootstrap-servers b:1",
        "flatten --reason news --schema-registry http://r:2",
        "backfill risk --bootstrap-servers b:1",
        "import redis --redis redis://127.0.0.1:1 --schema-registry http://r:2"
      })
  void shouldWantBothAddressesOrNone(String command) {
    CommandRun run = CommandRun.of((Object[]) command.split(" "));

    String name = command.substring(0, command.indexOf(" --"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("quantum " + name + ": give both --bootstrap-servers and --schema-registry");
  }
}
