package io.quantumtrader.compose.backup;

import io.quantumtrader.compose.DataDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The files of a data directory that must not be lost. Left out is what the next start makes again:
 * the stores of the stages, from their changelogs; the program of Redis; temporary files, locks and
 * pid files.
 */
final class DataFiles {

  /** Files and directories that a start makes again, below the data directory. */
  private static final Set<String> MADE_AGAIN =
      Set.of(
          DataDirectory.LOCK_FILE,
          DataDirectory.RESTORING,
          "run",
          "streams",
          "redis/bin",
          "registry/tmp",
          DataDirectory.KAFKA + "/.lock");

  private DataFiles() {}

  /**
   * A file as it is now.
   *
   * @param path below the data directory, with forward slashes
   * @param size bytes
   * @param modified when it was written last
   */
  record Found(String path, long size, FileTime modified) {}

  /** Returns whether a start makes a file or directory again; the path is below the directory. */
  static boolean isMadeAgain(String path) {
    return MADE_AGAIN.contains(path);
  }

  /** Returns the files that belong into a backup, by path. */
  static List<Found> of(Path directory) throws IOException {
    List<Found> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isMadeAgain(below(directory, folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = below(directory, file);
            if (attributes.isRegularFile() && !isMadeAgain(path)) {
              found.add(new Found(path, attributes.size(), attributes.lastModifiedTime()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Found::path));
    return List.copyOf(found);
  }

  private static String below(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }
}
