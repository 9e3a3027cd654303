package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.Endpoints;
import java.io.IOException;
import java.nio.file.Path;

/** Tells this user's other commands where the pipeline is, as long as it runs. */
final class Announcement implements AutoCloseable {

  private RunningPipeline pipeline;
  private final Path file;

  private Announcement(RunningPipeline pipeline, Path file) {
    this.pipeline = pipeline;
    this.file = file;
  }

  /** Announces the pipeline; a file that cannot be written is only talked about. */
  static Announcement of(Endpoints addresses, Screen screen) {
    Announcement announcement =
        new Announcement(
            RunningPipeline.ofThisProcess(addresses.bootstrapServers(), addresses.registryUrl()),
            RunningPipeline.file());
    try {
      announcement.pipeline.announce(announcement.file);
    } catch (IOException e) {
      screen.line(
          "  note: quantum control will need addresses, because "
              + announcement.file
              + " cannot be written: "
              + e.getMessage());
    }
    return announcement;
  }

  /**
   * Says too where the topology and its numbers are.
   *
   * @throws IOException if the file cannot be written
   */
  void addLive(String url) throws IOException {
    boolean ours = RunningPipeline.find(file).filter(pipeline::equals).isPresent();
    pipeline = pipeline.withLive(url);
    if (ours) {
      pipeline.announce(file);
    }
  }

  @Override
  public void close() throws IOException {
    pipeline.withdraw(file);
  }
}
