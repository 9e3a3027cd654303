package io.quantumtrader.compose.backup;

import io.quantumtrader.compose.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a data directory of a backup: all of it, or nothing. While it is written it is locked, and
 * says that it is not whole, so that none that was cut short is ever started on.
 */
final class Restore {

  private final BackupReader backup;
  private final Path archive;
  private final Path data;

  /**
   * Prepares it.
   *
   * @param archive where the backup is
   * @param data the directory to make
   */
  Restore(BackupReader backup, Path archive, Path data) {
    this.backup = backup;
    this.archive = archive;
    this.data = data;
  }

  /**
   * Restores. Where it fails, the directory is as empty as it was.
   *
   * @param checking hears how far the hashes are checked
   * @param writing hears how far the files are written
   * @throws BackupException where the directory is not empty, or the backup is damaged
   * @throws io.quantumtrader.compose.StackException where another process has the directory
   */
  void run(BackupProgress checking, BackupProgress writing) throws IOException {
    boolean there = Files.exists(data);
    requireEmpty();
    backup.check(checking);
    try (DataDirectory directory = DataDirectory.lock(data)) {
      // Whoever was quicker may have come and gone meanwhile.
      requireEmpty();
      write(directory.path(), there, writing);
    }
  }

  private void write(Path directory, boolean there, BackupProgress writing) throws IOException {
    boolean done = false;
    try {
      Path restoring = directory.resolve(DataDirectory.RESTORING);
      Files.writeString(restoring, archive + "\n");
      clear(directory, List.of(DataDirectory.LOCK_FILE, DataDirectory.RESTORING));
      backup.extract(directory, writing);
      new RestoredMark(backup.manifest().takenAtMs(), String.valueOf(archive.getFileName()))
          .leave(directory);
      Files.delete(restoring);
      done = true;
    } finally {
      if (!done) {
        clear(directory, List.of());
        if (!there) {
          Files.deleteIfExists(directory);
        }
      }
    }
  }

  /** What a restore that was cut short has left is replaced. */
  private void requireEmpty() throws IOException {
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> there = Files.list(data)) {
      List<String> names = there.map(file -> file.getFileName().toString()).toList();
      boolean empty = names.stream().allMatch(DataDirectory.LOCK_FILE::equals);
      if (!empty && !names.contains(DataDirectory.RESTORING)) {
        throw new BackupException(data + " is not empty; name a directory that does not exist");
      }
    }
  }

  private static void clear(Path directory, List<String> kept) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Path below = directory.relativize(file);
        if (!file.equals(directory) && !kept.contains(below.toString())) {
          Files.delete(file);
        }
      }
    }
  }
}
