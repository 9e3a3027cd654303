package io.quantumtrader.schemas.evolution;

import io.quantumtrader.schemas.registry.Compatibility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a new version of a schema to the earlier ones, three times over: by Avro's own check, by
 * our {@link Rule}s for what passes it and still means something else, and by writing real values
 * with the one and reading them with the other. Nothing is asked over the network.
 *
 * <p>What is allowed, though it looks like a change: other documentation, order of fields, symbols
 * and branches; a default taken away, or another one, where every version has the field; a new
 * symbol of an enum that had a default.
 */
public final class Evolution {

  private final Compatibility level;

  /** Creates the check at a level; {@code NONE} finds nothing. */
  public Evolution(Compatibility level) {
    this.level = level;
  }

  /**
   * Returns what a new version breaks; empty where the level allows it.
   *
   * @param earlier the versions before it, oldest first; may be empty
   * @param candidate the new version
   */
  public List<EvolutionFinding> findings(List<SchemaVersion> earlier, SchemaVersion candidate) {
    if (level == Compatibility.NONE) {
      return List.of();
    }
    List<EvolutionFinding> invalid = Defaults.invalid(candidate);
    Set<EvolutionFinding> found = new LinkedHashSet<>(invalid);
    found.addAll(IgnoredLogicalTypes.findings(candidate));
    List<SchemaVersion> held =
        level.isTransitive() || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
    for (SchemaVersion version : held) {
      if (level.newReadsOld()) {
        found.addAll(inOneDirection(candidate, version, Reading.NEW_READS_OLD));
      }
      if (level.oldReadsNew()) {
        found.addAll(inOneDirection(version, candidate, Reading.OLD_READS_NEW));
      }
    }
    if (level.newReadsOld()) {
      found.addAll(Defaults.changed(held, candidate));
    }
    if (!invalid.isEmpty()) {
      // No reader can be made of the schema, so that all its bytes fail for that one reason.
      found.removeIf(finding -> finding.rule() == Rule.BYTES);
    }
    return List.copyOf(found);
  }

  private static List<EvolutionFinding> inOneDirection(
      SchemaVersion reader, SchemaVersion writer, Reading reading) {
    List<EvolutionFinding> found =
        new ArrayList<>(ResolutionRules.findings(reader, writer, reading));
    for (EvolutionFinding refusal : AvroVerdict.findings(reader, writer, reading)) {
      if (found.stream().noneMatch(finding -> covers(finding, refusal.path()))) {
        found.add(refusal);
      }
    }
    for (RoundTrip.Difference difference :
        RoundTrip.differences(reader.schema(), writer.schema())) {
      explain(found, difference, reader, writer, reading);
    }
    return found;
  }

  /** A difference is the example of the finding at its place, or a finding of its own. */
  private static void explain(
      List<EvolutionFinding> found,
      RoundTrip.Difference difference,
      SchemaVersion reader,
      SchemaVersion writer,
      Reading reading) {
    boolean undecodable = difference.path().isEmpty();
    for (int i = 0; i < found.size(); i++) {
      EvolutionFinding finding = found.get(i);
      if (finding.path().equals(difference.path()) || undecodable) {
        found.set(
            i, finding.example().isEmpty() ? finding.withExample(difference.example()) : finding);
        return;
      }
    }
    String path = undecodable ? Types.rootPath(reader.schema()) : difference.path();
    found.add(
        new EvolutionFinding(
            Rule.BYTES,
            path,
            reading,
            reader.name(),
            writer.name(),
            "real bytes come out different",
            difference.example()));
  }

  private static boolean covers(EvolutionFinding finding, String path) {
    return finding.path().startsWith(path) || path.startsWith(finding.path() + ".");
  }
}
