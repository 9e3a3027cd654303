package io.quantumtrader.schemas.history;

import io.quantumtrader.schemas.registry.Compatibility;
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
    List<String> frozen =
        freeze(
            new SchemaHistory(Path.of(arguments[0])),
            Subjects.all(),
            Compatibility.FULL_TRANSITIVE);
    System.out.println(
        frozen.isEmpty() ? "nothing changed" : "frozen: " + String.join(", ", frozen));
  }

  /**
   * Freezes what changed.
   *
   * @return the subjects that got a new version
   * @throws SchemaHistoryException where a schema is not compatible with its history, or a frozen
   *     version was edited; then nothing is written
   */
  public static List<String> freeze(
      SchemaHistory history, Map<String, Schema> subjects, Compatibility level) {
    refuseBreaks(new HistoryCheck(history, subjects, level).run());
    List<String> frozen = new ArrayList<>();
    subjects.forEach(
        (subject, schema) -> {
          if (history.freeze(subject, schema)) {
            frozen.add(subject);
          }
        });
    return frozen;
  }

  /**
   * Lets only changes through that break nothing.
   *
   * @throws SchemaHistoryException with everything that was found
   */
  public static void refuseBreaks(List<HistoryCheck.Subject> subjects) {
    List<String> broken =
        subjects.stream()
            .flatMap(
                subject ->
                    subject.findings().stream()
                        .map(finding -> subject.name() + ": " + finding.text()))
            .toList();
    if (!broken.isEmpty()) {
      throw new SchemaHistoryException(
          "nothing is frozen, because "
              + broken.size()
              + (broken.size() == 1 ? " change breaks" : " changes break")
              + " its history: "
              + String.join("; ", broken),
          null);
    }
  }
}
