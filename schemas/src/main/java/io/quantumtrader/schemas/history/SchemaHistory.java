package io.quantumtrader.schemas.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * The frozen versions of every subject, each as {@code <subject>/v<n>.avsc}, whole and as
 * registered. A frozen file is never changed; a changed schema becomes the next version.
 */
public final class SchemaHistory {

  private final Path directory;

  /** Opens the history in this directory, which need not exist. */
  public SchemaHistory(Path directory) {
    this.directory = directory;
  }

  /** Returns the names of all subjects that have a frozen version. */
  public List<String> subjects() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the frozen versions of a subject from version 1 on; empty where there is none. */
  public List<Schema> versions(String subject) {
    List<Schema> versions = new ArrayList<>();
    try {
      for (Path file = file(subject, 1);
          Files.exists(file);
          file = file(subject, versions.size() + 1)) {
        versions.add(new Schema.Parser().parse(Files.readString(file)));
      }
      return List.copyOf(versions);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Freezes the schema as the subject's next version, unless it is the newest one already.
   *
   * @return whether a version was added
   */
  public boolean freeze(String subject, Schema schema) {
    List<Schema> versions = versions(subject);
    if (!versions.isEmpty() && isSame(versions.getLast(), schema)) {
      return false;
    }
    Path file = file(subject, versions.size() + 1);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(schema));
      return true;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Returns the schema as it is frozen. */
  static String text(Schema schema) {
    return SchemaFormatter.format("json/pretty", schema) + "\n";
  }

  /** Whether a registry would take both for one version: documentation counts. */
  static boolean isSame(Schema one, Schema other) {
    return one.toString().equals(other.toString());
  }

  private Path file(String subject, int version) {
    return directory.resolve(subject).resolve("v" + version + ".avsc");
  }
}
