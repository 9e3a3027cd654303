package io.quantumtrader.schemas.history;

import io.quantumtrader.schemas.evolution.Evolution;
import io.quantumtrader.schemas.serde.Subjects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Freezes the schemas of this build as the newest versions of their subjects. */
public final class FreezeSchemas {

  private FreezeSchemas() {}

  /**
   * Freezes all subjects whose schema changed since its newest frozen version, or none when a
   * change is not fully compatible with every frozen version.
   *
   * @param arguments the history directory
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: FreezeSchemas <history directory>");
      System.exit(2);
    }
    List<String> frozen = freeze(new SchemaHistory(Path.of(arguments[0])), Subjects.all());
    System.out.println(
        frozen.isEmpty() ? "nothing changed" : "frozen: " + String.join(", ", frozen));
  }

  /**
   * Freezes what changed.
   *
   * @return the subjects that got a new version
   * @throws IllegalStateException where a schema is not compatible with its history; then nothing
   *     is written
   */
  static List<String> freeze(SchemaHistory history, Map<String, Schema> subjects) {
    subjects.forEach(
        (subject, schema) -> {
          for (Schema version : history.versions(subject)) {
            List<String> violations = Evolution.violations(version, schema);
            if (!violations.isEmpty()) {
              throw new IllegalStateException(
                  subject + " is not compatible with its history: " + violations);
            }
          }
        });
    List<String> frozen = new ArrayList<>();
    subjects.forEach(
        (subject, schema) -> {
          if (history.freeze(subject, schema)) {
            frozen.add(subject);
          }
        });
    return frozen;
  }
}
