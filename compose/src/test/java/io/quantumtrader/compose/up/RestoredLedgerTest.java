package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineAddresses;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of one ledger do not run side by side. */
final class RestoredLedgerTest {

  @TempDir private Path directory;
  private RunningPipelines running;

  @BeforeEach
  void announce() throws IOException {
    running = new RunningPipelines(directory.resolve("running"));
    var unused =
        running.announce(
            RunningPipeline.ofThisProcess(
                data("first", "cluster-a"),
                false,
                List.of("main"),
                PipelineAddresses.of("localhost:1", "http://localhost:2"),
                ClientConfig.NONE));
  }

  private Path data(String name, String cluster) throws IOException {
    Path kafka = Files.createDirectories(directory.resolve(name).resolve("kafka"));
    Files.writeString(kafka.resolve("meta.properties"), "cluster.id=" + cluster + "\n");
    return directory.resolve(name);
  }

  @Test
  void shouldRefuseACopyOfTheLedgerOfOneThatRuns() throws IOException {
    Path copy = data("second", "cluster-a");

    assertThatThrownBy(() -> RestoredLedger.requireOnlyCopy(copy, running))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(copy + " is a copy of the ledger that up-")
        .hasMessageEndingWith("first: end that one first")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldLetAnotherLedgerAndANewOneStart() throws IOException {
    Path another = data("second", "cluster-b");
    Path fresh = directory.resolve("fresh");

    assertThatCode(() -> RestoredLedger.requireOnlyCopy(another, running))
        .doesNotThrowAnyException();
    assertThatCode(() -> RestoredLedger.requireOnlyCopy(fresh, running)).doesNotThrowAnyException();
  }
}
