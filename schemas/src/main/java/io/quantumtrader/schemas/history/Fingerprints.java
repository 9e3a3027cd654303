package io.quantumtrader.schemas.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The SHA-256 of every frozen file, in the format of {@code sha256sum}, so that an edit shows.
 * Written when a version is frozen, never otherwise.
 */
final class Fingerprints {

  /** Name of the file, beside the subjects. */
  static final String FILE = "fingerprints.sha256";

  private static final String BETWEEN = "  ";

  private final Path directory;

  Fingerprints(Path directory) {
    this.directory = directory;
  }

  boolean exist() {
    return Files.exists(directory.resolve(FILE));
  }

  /** Returns the fingerprint of each frozen file by its path below the directory. */
  SortedMap<String, String> read() {
    SortedMap<String, String> known = new TreeMap<>();
    if (!exist()) {
      return known;
    }
    try {
      for (String line : Files.readAllLines(directory.resolve(FILE))) {
        int at = line.indexOf(BETWEEN);
        if (at > 0) {
          known.put(line.substring(at + BETWEEN.length()), line.substring(0, at));
        }
      }
      return known;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Adds files; one that is known keeps its fingerprint. */
  void add(List<Path> files) throws IOException {
    SortedMap<String, String> known = read();
    for (Path file : files) {
      known.putIfAbsent(name(file), of(file));
    }
    StringBuilder text = new StringBuilder();
    known.forEach((name, hash) -> text.append(hash).append(BETWEEN).append(name).append('\n'));
    Files.writeString(directory.resolve(FILE), text);
  }

  String name(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  static String of(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
