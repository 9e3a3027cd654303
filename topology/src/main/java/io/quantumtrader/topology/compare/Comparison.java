package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds every difference between two exports and says what it means. */
public final class Comparison {

  private final Side before;
  private final Side after;
  private final List<TopologyFinding> findings = new ArrayList<>();

  private Comparison(TopologyExport before, TopologyExport after) {
    this.before = new Side(before.structure());
    this.after = new Side(after.structure());
  }

  /**
   * Compares.
   *
   * @param before what has run
   * @param after what is to run in its place
   * @return every difference, the worst first; empty where both are equal
   */
  public static List<TopologyFinding> of(TopologyExport before, TopologyExport after) {
    return new Comparison(before, StoreFormats.aligned(before, after)).run();
  }

  /** Returns the worst verdict; harmless where there is no difference. */
  public static Verdict worst(List<TopologyFinding> findings) {
    return findings.stream()
        .map(TopologyFinding::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.HARMLESS);
  }

  private List<TopologyFinding> run() {
    if (before.export.equals(after.export)) {
      return List.of();
    }
    if (!before.export.applicationId().equals(after.export.applicationId())) {
      findings.add(
          new TopologyFinding(
              Change.APPLICATION_ID,
              after.export.applicationId(),
              "was " + before.export.applicationId()));
    }
    StoreChanges stores = new StoreChanges(before, after, findings);
    Renames renamedStores = stores.find();
    new InputChanges(before, after, findings).find();
    new SubtopologyChanges(before, after, renamedStores, findings).find();
    new NodeChanges(before, after, renamedStores, findings).find();
    new TopicChanges(before, after, findings).find();
    if (findings.isEmpty()) {
      findings.add(new TopologyFinding(Change.OTHER, after.export.applicationId(), ""));
    }
    findings.sort(
        Comparator.comparing(TopologyFinding::verdict)
            .reversed()
            .thenComparing(TopologyFinding::change)
            .thenComparing(TopologyFinding::subject));
    return List.copyOf(findings);
  }
}
