package io.quantumtrader.app.up;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.Endpoints;
import java.io.IOException;
import java.nio.file.Path;

/** Tells this user's other commands where the pipeline is, as long as it runs. */
final class Announcement implements AutoCloseable {

  private final RunningPipeline pipeline;
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
          "  note: quantum control needs addresses, for "
              + announcement.file
              + " cannot be written: "
              + e.getMessage());
    }
    return announcement;
  }

  @Override
  public void close() throws IOException {
    pipeline.withdraw(file);
  }
}
