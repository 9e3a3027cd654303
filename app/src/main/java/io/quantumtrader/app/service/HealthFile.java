package io.quantumtrader.app.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * A file that is written again each second while a service does its work, and is gone when it does
 * not run. Whoever watches the service looks at the file's time, which costs nothing, where another
 * Java process to ask this one would cost half a second of processor time at each look.
 */
final class HealthFile {

  @Option(
      names = "--health-file",
      paramLabel = "FILE",
      description = "Write this file each second while the service does its work. Default: none.")
  private Path file;

  /**
   * Says that all is well.
   *
   * @throws IOException if the file cannot be written
   */
  void touch() throws IOException {
    if (file != null) {
      Files.writeString(file, Long.toString(System.currentTimeMillis()));
    }
  }

  /**
   * Says that nothing runs.
   *
   * @throws IOException if the file cannot be deleted
   */
  void remove() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
