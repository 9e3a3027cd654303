package io.quantumtrader.compose.backup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup holds. It is the last entry of its archive, so that one without it is not whole.
 *
 * @param format version of the format, {@value #FORMAT} for what this program writes
 * @param program version of the program that made it
 * @param takenAtMs when it was made, wall time, epoch milliseconds UTC
 * @param clusterId id of the Kafka cluster, which goes on with the data
 * @param stoppedInOrder whether the pipeline had been stopped in order, and not killed
 * @param files its files
 */
record BackupManifest(
    int format,
    String program,
    long takenAtMs,
    String clusterId,
    boolean stoppedInOrder,
    List<Entry> files) {

  /** Version of the format that this program writes, and the only one that it reads. */
  static final int FORMAT = 1;

  /** Name of its entry in the archive. */
  static final String NAME = "backup.json";

  /** Where the files are, in the archive. */
  static final String FILES = "data/";

  /**
   * A file.
   *
   * @param path below the data directory, with forward slashes
   * @param size bytes, 0 or more
   * @param sha256 of its bytes, 64 hexadecimal digits
   */
  record Entry(String path, long size, String sha256) {}

  /** Returns how many bytes the files have. */
  long bytes() {
    return files.stream().mapToLong(Entry::size).sum();
  }

  /** Returns what is wrong with it, in words; empty where nothing is. */
  Optional<String> fault() {
    if (program == null || clusterId == null || files == null || files.isEmpty()) {
      return Optional.of("something is missing in it");
    }
    Set<String> seen = new HashSet<>();
    for (Entry each : files) {
      if (each == null || each.path() == null || each.sha256() == null || each.size() < 0) {
        return Optional.of("something is missing in it");
      }
      if (!isBelow(each.path())) {
        return Optional.of("it names a file outside of the data directory: " + each.path());
      }
      if (!seen.add(each.path())) {
        return Optional.of("it names a file twice: " + each.path());
      }
    }
    return Optional.empty();
  }

  private static boolean isBelow(String path) {
    try {
      Path named = Path.of(path);
      return !path.isEmpty()
          && !named.isAbsolute()
          && named.normalize().equals(named)
          && !named.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
