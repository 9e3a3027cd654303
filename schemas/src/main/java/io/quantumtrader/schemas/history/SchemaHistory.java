package io.quantumtrader.schemas.history;

import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.evolution.Reading;
import io.quantumtrader.schemas.evolution.Rule;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * The frozen versions of every subject, each as {@code <subject>/v<n>.avsc}, whole and as
 * registered. A frozen file is never changed; a changed schema becomes the next version. Named
 * types may be defined in another subject's file or in an {@code .avsc} file beside the subjects;
 * the newest version that has one counts.
 */
public final class SchemaHistory {

  private static final String SUFFIX = ".avsc";
  private static final String VERSION = "v[1-9][0-9]{0,8}\\.avsc";

  private final Path directory;
  private final Fingerprints fingerprints;
  private SchemaReferences references;

  /** Opens the history in this directory, which need not exist. */
  public SchemaHistory(Path directory) {
    this.directory = directory;
    this.fingerprints = new Fingerprints(directory);
  }

  /** Returns the names of all subjects that have a frozen version. */
  public List<String> subjects() {
    return list(directory)
        .filter(entry -> !versionFiles(entry).isEmpty())
        .map(entry -> entry.getFileName().toString())
        .toList();
  }

  /**
   * Returns the frozen versions of a subject from version 1 on; empty where there is none.
   *
   * @throws SchemaHistoryException where one is missing between two others or cannot be read
   */
  public List<SchemaVersion> versions(String subject) {
    List<SchemaVersion> versions = new ArrayList<>();
    Path folder = directory.resolve(subject);
    int count = versionFiles(folder).size();
    for (int number = 1; number <= count; number++) {
      Path file = file(subject, number);
      if (!Files.exists(file)) {
        throw new SchemaHistoryException(
            folder + " has " + count + " versions, and v" + number + SUFFIX + " is missing", null);
      }
      versions.add(version(subject, number));
    }
    return List.copyOf(versions);
  }

  /** Returns the number of a subject's newest frozen version; 0 where it has none. */
  int newest(String subject) {
    return versionFiles(directory.resolve(subject)).stream()
        .mapToInt(SchemaHistory::number)
        .max()
        .orElse(0);
  }

  /**
   * Returns one frozen version.
   *
   * @throws SchemaHistoryException where it is missing or cannot be read
   */
  SchemaVersion version(String subject, int number) {
    Path file = file(subject, number);
    if (!Files.exists(file)) {
      throw new SchemaHistoryException(file + " is missing", null);
    }
    return new SchemaVersion("v" + number, references().read(file));
  }

  /** Returns where a version lies, from the directory on. */
  static String fileName(String subject, int number) {
    return subject + "/v" + number + SUFFIX;
  }

  /** Returns a message without the directory in front of its files. */
  String shortened(String message) {
    return message.replace(directory + "/", "");
  }

  /**
   * Freezes the schema as the subject's next version, unless it is the newest one already.
   *
   * @return whether a version was added
   */
  public boolean freeze(String subject, Schema schema) {
    return freeze(subject, schema, text(schema));
  }

  /**
   * Freezes a file as the subject's next version, with its references as they are, unless it is the
   * newest one already.
   *
   * @return whether a version was added
   */
  public boolean freeze(String subject, Path schemaFile) {
    return freeze(subject, read(schemaFile), SchemaText.read(schemaFile));
  }

  private boolean freeze(String subject, Schema schema, String text) {
    List<SchemaVersion> versions = versions(subject);
    if (!versions.isEmpty() && isSame(versions.getLast().schema(), schema)) {
      return false;
    }
    Path file = file(subject, versions.size() + 1);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      if (!fingerprints.exist()) {
        for (String known : subjects()) {
          fingerprints.add(versionFiles(directory.resolve(known)));
        }
      }
      fingerprints.add(List.of(file));
      references = null;
      return true;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Returns the schema in a file, which may refer to types of this directory. */
  public Schema read(Path file) {
    return references().read(file);
  }

  /**
   * Returns the frozen versions that were edited, taken away or put there by hand, by subject. A
   * directory in which nothing was ever frozen by this class has no fingerprints to hold it to.
   */
  public Map<String, List<EvolutionFinding>> edited() {
    if (!fingerprints.exist()) {
      return Map.of();
    }
    SortedMap<String, String> known = fingerprints.read();
    Map<String, List<EvolutionFinding>> found = new java.util.TreeMap<>();
    for (String subject : subjects()) {
      for (Path file : versionFiles(directory.resolve(subject))) {
        String expected = known.remove(fingerprints.name(file));
        if (expected == null) {
          add(found, fingerprints.name(file), "the file was not frozen by the command");
        } else if (!expected.equals(fingerprint(file))) {
          add(found, fingerprints.name(file), "the frozen file was edited");
        }
      }
    }
    known.keySet().forEach(name -> add(found, name, "the frozen file is gone"));
    return found;
  }

  private static void add(Map<String, List<EvolutionFinding>> found, String file, String detail) {
    int slash = file.indexOf('/');
    String version = file.substring(slash + 1).replace(SUFFIX, "");
    found
        .computeIfAbsent(file.substring(0, slash), subject -> new ArrayList<>())
        .add(
            new EvolutionFinding(
                Rule.FROZEN_EDITED, file, Reading.ANY, version, version, detail, ""));
  }

  private static String fingerprint(Path file) {
    try {
      return Fingerprints.of(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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

  private SchemaReferences references() {
    if (references == null) {
      List<Path> files = new ArrayList<>();
      List<Path> newest = new ArrayList<>();
      for (String subject : subjects()) {
        Path last = file(subject, newest(subject));
        newest.add(last);
        // A type that has moved away without being frozen elsewhere is still in an older version.
        versionFiles(directory.resolve(subject)).stream()
            .filter(file -> !file.equals(last))
            .sorted(Comparator.comparingInt(SchemaHistory::number))
            .forEach(files::add);
      }
      files.addAll(newest);
      list(directory).filter(SchemaHistory::isSchema).forEach(files::add);
      references = new SchemaReferences(files);
    }
    return references;
  }

  private static boolean isSchema(Path file) {
    return Files.isRegularFile(file) && file.toString().endsWith(SUFFIX);
  }

  private static int number(Path versionFile) {
    String name = versionFile.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.length() - SUFFIX.length()));
  }

  private static List<Path> versionFiles(Path folder) {
    return list(folder).filter(file -> file.getFileName().toString().matches(VERSION)).toList();
  }

  private static Stream<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path file(String subject, int version) {
    return directory.resolve(subject).resolve("v" + version + SUFFIX);
  }
}
