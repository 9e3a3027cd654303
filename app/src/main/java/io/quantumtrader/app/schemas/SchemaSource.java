package io.quantumtrader.app.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.evolution.Rule;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import io.quantumtrader.schemas.history.HistoryCheck;
import io.quantumtrader.schemas.history.SchemaHistory;
import io.quantumtrader.schemas.history.SchemaHistoryException;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.Subjects;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which schemas a command is about. */
final class SchemaSource {

  @Option(
      names = "--path",
      paramLabel = "DIR",
      description = {
        "Directory of <subject>/v<n>.avsc files. Named types may be defined in the files of other",
        "subjects, in their newest version, or in .avsc files in DIR itself. Default:",
        "the schemas of this project."
      })
  private Path path;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean isProject() {
    return path == null;
  }

  Path directory() {
    if (path == null) {
      return project().resolve("schemas").resolve("history");
    }
    if (!Files.isDirectory(path)) {
      throw usage(path + " is not a directory; give one with <subject>/v<n>.avsc files");
    }
    return path;
  }

  /** The launcher says where the project is; the tests run inside of it. */
  static Path project() {
    String home = System.getProperty("quantum.home");
    return home == null ? GeneratedPage.directory().getParent() : Path.of(home);
  }

  SchemaHistory history() {
    return new SchemaHistory(directory());
  }

  /** Returns the schemas as they are now, besides the frozen ones. */
  Map<String, Schema> current() {
    return isProject() ? Subjects.all() : Map.of();
  }

  /**
   * Returns every subject with its versions.
   *
   * @throws CommandFailure where a version cannot be read
   */
  List<HistoryCheck.Subject> readable() {
    List<HistoryCheck.Subject> subjects = subjects(Compatibility.NONE);
    for (HistoryCheck.Subject subject : subjects) {
      for (EvolutionFinding found : subject.findings()) {
        if (found.rule() == Rule.UNREADABLE) {
          throw new CommandFailure(
              SchemasCommand.BREAK,
              found.path() + " " + found.detail() + "; " + found.rule().mend(),
              null);
        }
      }
    }
    return subjects;
  }

  /** Returns every subject with what breaks at this level. */
  List<HistoryCheck.Subject> subjects(Compatibility level) {
    if (!isProject() && history().subjects().isEmpty()) {
      throw usage(directory() + " has no <subject>/v<n>.avsc files");
    }
    return read(new HistoryCheck(history(), current(), level)::run);
  }

  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SchemaHistoryException unreadable) {
      throw new CommandFailure(SchemasCommand.BREAK, unreadable.getMessage(), unreadable);
    }
  }

  /** Returns the newest schema of each subject. */
  Map<String, Schema> newest() {
    Map<String, Schema> newest = new TreeMap<>();
    for (HistoryCheck.Subject subject : readable()) {
      Optional<Schema> schema = subject.newest();
      schema.ifPresent(known -> newest.put(subject.name(), known));
    }
    return newest;
  }

  /** Returns the versions of a subject, oldest first, one at least. */
  List<SchemaVersion> versions(String subject) {
    HistoryCheck check = new HistoryCheck(history(), current(), Compatibility.NONE);
    List<SchemaVersion> versions = read(() -> check.versions(subject));
    if (versions.isEmpty()) {
      throw usage("there is no subject " + subject + "; see quantum schemas list");
    }
    return versions;
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  void print(JsonNode json) {
    out().println(json.toPrettyString());
    out().flush();
  }
}
