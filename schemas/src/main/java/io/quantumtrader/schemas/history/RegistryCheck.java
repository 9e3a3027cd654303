package io.quantumtrader.schemas.history;

import io.quantumtrader.schemas.evolution.Evolution;
import io.quantumtrader.schemas.evolution.EvolutionFinding;
import io.quantumtrader.schemas.evolution.SchemaVersion;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.registry.RegistryVerdict;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Asks a live registry about the newest schemas, version by version, and compares verdicts. */
public final class RegistryCheck {

  private final SchemaRegistry registry;
  private final Compatibility level;

  /**
   * Creates the check.
   *
   * @param level what ours goes by where the registry has no level of the subject's own
   */
  public RegistryCheck(SchemaRegistry registry, Compatibility level) {
    this.registry = registry;
    this.level = level;
  }

  /**
   * A version that the registry has, and what is said about the newest schema beside it.
   *
   * @param version its number in the registry
   * @param verdict the registry's
   * @param findings ours, at the subject's level
   */
  public record Compared(int version, RegistryVerdict verdict, List<EvolutionFinding> findings) {

    /** Returns whether one refuses what the other allows. */
    public boolean differs() {
      return verdict.compatible() != findings.isEmpty();
    }
  }

  /**
   * What came out for a subject.
   *
   * @param level what the registry holds the subject to
   * @param versions every version that the registry has; empty where it does not know the subject
   */
  public record Subject(String name, Compatibility level, List<Compared> versions) {

    /** Returns whether registry or own check refuses the newest schema. */
    public boolean isBroken() {
      return versions.stream()
          .anyMatch(each -> !each.verdict().compatible() || !each.findings().isEmpty());
    }
  }

  /**
   * Asks about the newest schema of each subject.
   *
   * @throws io.quantumtrader.schemas.registry.RegistryException where the registry cannot say
   */
  public List<Subject> run(List<HistoryCheck.Subject> subjects) {
    Set<String> known = Set.copyOf(registry.subjects());
    return subjects.stream()
        .filter(subject -> subject.newest().isPresent())
        .map(
            subject ->
                known.contains(subject.name())
                    ? ask(subject.name(), subject.newest().get())
                    : new Subject(subject.name(), level, List.of()))
        .toList();
  }

  private Subject ask(String name, Schema newest) {
    Compatibility held = registry.compatibility(name).orElse(level);
    Evolution evolution = new Evolution(held);
    List<Compared> compared = new ArrayList<>();
    for (int number : registry.versions(name)) {
      SchemaVersion version =
          new SchemaVersion("registered v" + number, registry.version(name, number).schema());
      compared.add(
          new Compared(
              number,
              registry.compatibilityWith(name, number, newest),
              evolution.findings(
                  List.of(version), new SchemaVersion(HistoryCheck.CURRENT, newest))));
    }
    return new Subject(name, held, List.copyOf(compared));
  }
}
