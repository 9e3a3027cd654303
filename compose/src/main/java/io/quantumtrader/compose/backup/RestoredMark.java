package io.quantumtrader.compose.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.compose.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Says in a data directory that it comes from a backup and was not started since: an exchange that
 * goes on without the ledger may have moved on.
 *
 * @param takenAtMs when the backup was made, wall time, epoch milliseconds UTC
 * @param archive name of its file
 */
public record RestoredMark(long takenAtMs, String archive) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "restored.json";

  /**
   * Returns the mark in a data directory; empty where it was started since, or never restored.
   *
   * @throws StackException if there is one that cannot be read
   */
  public static Optional<RestoredMark> in(Path directory) {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      RestoredMark mark = JSON.readValue(file.toFile(), RestoredMark.class);
      return Optional.of(mark);
    } catch (JsonProcessingException e) {
      throw new StackException(file + " is damaged; restore the backup again", e);
    } catch (IOException e) {
      throw new StackException(file + " cannot be read: " + Directories.reason(e), e);
    }
  }

  /** Leaves the mark in a data directory. */
  void leave(Path directory) throws IOException {
    JSON.writeValue(directory.resolve(FILE).toFile(), this);
  }

  /**
   * Takes the mark away: what it asks for is done.
   *
   * @throws StackException if that cannot be written
   */
  public void takeAway(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackException(file + " cannot be deleted: " + Directories.reason(e), e);
    }
  }

  /** Returns when the backup was made, as text. */
  public String takenAt() {
    return Instant.ofEpochMilli(takenAtMs).toString();
  }
}
