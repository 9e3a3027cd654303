package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Differences in what shares a sub-topology, and in the partition counts that hold it. */
final class SubtopologyChanges {

  private final Side before;
  private final Side after;
  private final Renames stores;
  private final List<TopologyFinding> findings;

  SubtopologyChanges(Side before, Side after, Renames stores, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.stores = stores;
    this.findings = findings;
  }

  void find() {
    for (Subtopology subtopology : before.export.subtopologies()) {
      Set<String> now = subtopologiesNow(subtopology);
      if (now.size() > 1) {
        add(
            Change.SUBTOPOLOGY_SPLIT,
            subtopology.name(),
            "its stores lie in " + String.join(" and ", now));
      }
      counterpart(subtopology).ifPresent(found -> same(subtopology, found));
    }
    for (Subtopology subtopology : after.export.subtopologies()) {
      Set<String> origins = origins(subtopology);
      if (origins.size() > 1) {
        add(Change.SUBTOPOLOGY_MERGED, subtopology.name(), "of " + String.join(" and ", origins));
      }
    }
    groups();
  }

  private Set<String> subtopologiesNow(Subtopology subtopology) {
    return subtopology.stores().stream()
        .map(store -> after.subtopologyOfStore.get(stores.now(store.name())))
        .filter(found -> found != null)
        .map(Subtopology::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> origins(Subtopology subtopology) {
    return before.export.subtopologies().stream()
        .filter(
            old ->
                old.stores().stream()
                    .map(store -> stores.now(store.name()))
                    .anyMatch(name -> has(subtopology, name)))
        .map(Subtopology::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean has(Subtopology subtopology, String store) {
    return subtopology.stores().stream().map(Store::name).anyMatch(store::equals);
  }

  /** The sub-topology with most of its stores, and nodes where that leaves a choice. */
  private Optional<Subtopology> counterpart(Subtopology subtopology) {
    return after.export.subtopologies().stream()
        .filter(found -> alike(subtopology, found) > 0)
        .max(Comparator.comparingInt(found -> alike(subtopology, found)));
  }

  private int alike(Subtopology old, Subtopology now) {
    Set<String> nodes = now.nodes().stream().map(Node::name).collect(Collectors.toSet());
    int sameStores =
        (int) old.stores().stream().filter(store -> has(now, stores.now(store.name()))).count();
    int sameNodes = (int) old.nodes().stream().filter(node -> nodes.contains(node.name())).count();
    return sameStores * 10_000 + sameNodes;
  }

  private void same(Subtopology was, Subtopology is) {
    if (was.id() != is.id()) {
      boolean stateless = was.stores().isEmpty() && is.stores().isEmpty();
      add(
          stateless ? Change.STATELESS_SUBTOPOLOGY_RENUMBERED : Change.SUBTOPOLOGY_RENUMBERED,
          is.name(),
          "was sub-topology " + was.id() + ", is " + is.id());
    } else if (!was.name().equals(is.name())) {
      add(Change.SUBTOPOLOGY_NAMED, is.name(), "was " + was.name());
    }
    if (before.counts(was).size() == 1 && after.counts(is).size() > 1) {
      add(
          Change.COPARTITION_LOST,
          is.name(),
          "its topics have " + after.counts(is) + " partitions");
    }
    repartitioned(was, is);
  }

  /** State is kept, but what fed it directly before now arrives through a repartition topic. */
  private void repartitioned(Subtopology was, Subtopology is) {
    boolean keepsState = was.stores().stream().anyMatch(store -> has(is, stores.now(store.name())));
    Set<String> gone = new TreeSet<>(was.sourceTopics());
    gone.removeAll(is.sourceTopics());
    Set<String> come = new TreeSet<>(is.sourceTopics());
    come.removeAll(was.sourceTopics());
    come.retainAll(after.repartitions());
    // A renamed repartition topic keeps the keys where they are; its own finding says so.
    gone.removeAll(before.repartitions());
    if (keepsState && !gone.isEmpty() && !come.isEmpty()) {
      add(Change.STATE_REPARTITIONED, is.name(), "by " + String.join(" and ", come));
    }
  }

  private void groups() {
    for (List<String> group : before.export.copartitioned()) {
      boolean held = after.export.copartitioned().stream().anyMatch(now -> now.containsAll(group));
      boolean allThere = after.topics.keySet().containsAll(group);
      if (!held && allThere) {
        add(
            Change.COPARTITION_LOST,
            String.join(" and ", group),
            "Streams no longer co-partitions them");
      }
    }
  }

  private void add(Change change, String subject, String detail) {
    findings.add(new TopologyFinding(change, subject, detail));
  }
}
