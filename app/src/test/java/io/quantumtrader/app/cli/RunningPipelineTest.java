package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
final class RunningPipelineTest {

  @TempDir private Path directory;

  private final RunningPipeline ours = RunningPipeline.ofThisProcess("b:1", "http://r:2");

  @Test
  void shouldBeFoundWhileItRuns() throws IOException {
    Path file = directory.resolve("up.properties");
    ours.announce(file);

    assertThat(RunningPipeline.find(file)).contains(ours);

    ours.withdraw(file);
    assertThat(RunningPipeline.find(file)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldLeaveTheAnnouncementOfALaterRunAlone() throws IOException {
    Path file = directory.resolve("up.properties");
    ours.announce(file);
    RunningPipeline later = RunningPipeline.ofThisProcess("b:3", "http://r:4");
    later.announce(file);

    ours.withdraw(file);

    assertThat(RunningPipeline.find(file)).contains(later);
  }

  @Test
  void shouldNotBeFoundWhenItsProcessHasEnded() throws Exception {
    Path file = directory.resolve("up.properties");
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    new RunningPipeline("b:1", "http://r:2", ended.pid(), "").announce(file);

    assertThat(RunningPipeline.find(file)).isEmpty();
  }

  @Test
  void shouldPassOverAFileThatSaysNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("up.properties"), "pid=not a number");

    assertThat(RunningPipeline.find(file)).isEmpty();
  }
}
