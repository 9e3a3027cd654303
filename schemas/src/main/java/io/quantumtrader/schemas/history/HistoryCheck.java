package io.quantumtrader.schemas.history;

import io.quantumtrader.schemas.evolution.Evolution;
import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.evolution.Reading;
import io.quantumtrader.schemas.evolution.Rule;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import io.quantumtrader.schemas.registry.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.avro.Schema;

/** Holds every version of every subject to the ones before it, and frozen files to their time. */
public final class HistoryCheck {

  /** Name of the version that is not frozen. */
  public static final String CURRENT = "current";

  private final SchemaHistory history;
  private final Map<String, Schema> current;
  private final Evolution evolution;

  /**
   * Creates the check.
   *
   * @param current schema of each subject as the sources have it now; empty where the frozen
   *     versions are all there is
   */
  public HistoryCheck(SchemaHistory history, Map<String, Schema> current, Compatibility level) {
    this.history = history;
    this.current = Map.copyOf(current);
    this.evolution = new Evolution(level);
  }

  /**
   * What was found about one subject.
   *
   * @param versions names of its versions, oldest first; the last may be {@link #CURRENT}
   * @param newest schema of the last of them; empty where all its files are gone
   * @param findings what breaks; empty where all is well
   */
  public record Subject(
      String name,
      List<String> versions,
      Optional<Schema> newest,
      List<EvolutionFinding> findings) {

    /** Returns whether the newest version is yet to be frozen. */
    public boolean isUnfrozen() {
      return versions.contains(CURRENT);
    }
  }

  /** Returns what was found, by subject in order of name. */
  public List<Subject> run() {
    Map<String, List<EvolutionFinding>> edited = history.edited();
    TreeSet<String> names = new TreeSet<>(history.subjects());
    names.addAll(current.keySet());
    names.addAll(edited.keySet());
    return names.stream().map(name -> check(name, edited.getOrDefault(name, List.of()))).toList();
  }

  private Subject check(String name, List<EvolutionFinding> edited) {
    List<EvolutionFinding> found = new ArrayList<>(edited);
    List<String> names = new ArrayList<>();
    List<SchemaVersion> versions = new ArrayList<>();
    int newest = history.newest(name);
    for (int number = 1; number <= newest; number++) {
      names.add("v" + number);
      try {
        versions.add(history.version(name, number));
      } catch (SchemaHistoryException unreadable) {
        found.add(unreadable(name, number, unreadable.getMessage()));
      }
    }
    Schema now = current.get(name);
    if (now != null && (versions.isEmpty() || !isNewest(now, versions))) {
      names.add(CURRENT);
      versions.add(new SchemaVersion(CURRENT, now));
    }
    for (int i = 0; i < versions.size(); i++) {
      found.addAll(evolution.findings(versions.subList(0, i), versions.get(i)));
    }
    String last = names.isEmpty() ? "" : names.getLast();
    found.removeIf(finding -> isMended(finding, last));
    return new Subject(
        name,
        List.copyOf(names),
        isLast(last, versions) ? Optional.of(versions.getLast().schema()) : Optional.empty(),
        List.copyOf(found));
  }

  private static boolean isNewest(Schema now, List<SchemaVersion> versions) {
    return SchemaHistory.isSame(versions.getLast().schema(), now);
  }

  private static boolean isLast(String name, List<SchemaVersion> versions) {
    return !versions.isEmpty() && versions.getLast().name().equals(name);
  }

  /** A frozen version cannot be mended; what it ignores matters until a newer one does not. */
  private static boolean isMended(EvolutionFinding finding, String newest) {
    return finding.rule() == Rule.LOGICAL_TYPE_IGNORED && !finding.reader().equals(newest);
  }

  /** What cannot be read stops its own version, not the check of the others. */
  private EvolutionFinding unreadable(String subject, int number, String message) {
    String file = SchemaHistory.fileName(subject, number);
    String reason = history.shortened(message);
    String detail = reason.startsWith(file + " ") ? reason.substring(file.length() + 1) : reason;
    String version = "v" + number;
    return new EvolutionFinding(Rule.UNREADABLE, file, Reading.ANY, version, version, detail, "");
  }

  /** Returns the frozen versions of a subject, and the current one where it is another. */
  public List<SchemaVersion> versions(String name) {
    List<SchemaVersion> versions = new ArrayList<>(history.versions(name));
    Schema now = current.get(name);
    if (now != null && (versions.isEmpty() || !isNewest(now, versions))) {
      versions.add(new SchemaVersion(CURRENT, now));
    }
    return versions;
  }
}
