package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Differences in nodes and their order; names are on the right side's, as far as both have them.
 */
final class NodeChanges {

  private final Side before;
  private final Side after;
  private final Renames stores;
  private final List<TopologyFinding> findings;
  private final Renames nodes;

  NodeChanges(Side before, Side after, Renames stores, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.stores = stores;
    this.findings = findings;
    this.nodes = Renames.of(before.nodes.keySet(), after.nodes.keySet(), this::looksRenamed);
  }

  void find() {
    nodes.renamed().forEach((old, now) -> add(Change.PROCESSOR_RENAMED, now, "was " + old));
    nodes.removed().forEach(name -> add(Change.PROCESSOR_REMOVED, name, ""));
    nodes.added().forEach(name -> add(Change.PROCESSOR_ADDED, name, ""));
    Set<String> reordered = reordered();
    for (Node was : before.nodes.values()) {
      Node is = after.nodes.get(nodes.now(was.name()));
      if (is != null) {
        used(was, is);
        if (!reordered.contains(is.name())) {
          rewired(was, is);
        }
      }
    }
  }

  /** The same kind of node with the same stores between the same neighbours. */
  private boolean looksRenamed(String old, String now) {
    Node left = before.nodes.get(old);
    Node right = after.nodes.get(now);
    boolean sameBefore =
        left.predecessors().equals(right.predecessors())
            && left.successors().size() == right.successors().size();
    boolean sameAfter =
        !left.successors().isEmpty() && left.successors().equals(right.successors());
    boolean sameNeighbour = sameBefore || sameAfter;
    return left.kind() == right.kind()
        && left.topics().equals(right.topics())
        && renamed(left.stores()).equals(new TreeSet<>(right.stores()))
        && (sameNeighbour || !left.topics().isEmpty());
  }

  private Set<String> renamed(List<String> names) {
    return names.stream().map(stores::now).collect(Collectors.toCollection(TreeSet::new));
  }

  private void used(Node was, Node is) {
    Set<String> used = renamed(was.stores());
    used.retainAll(after.stores.keySet());
    Set<String> uses = new TreeSet<>(is.stores());
    uses.removeAll(stores.added());
    if (!used.equals(uses)) {
      add(Change.STAGE_STORES, is.name(), "was " + used + ", is " + uses);
    }
  }

  private void rewired(Node was, Node is) {
    Set<String> fed = feeders(before.nodes, was, true);
    Set<String> feeds = feeders(after.nodes, is, false);
    if (!fed.equals(feeds)) {
      add(Change.STAGE_REWIRED, is.name(), "was after " + fed + ", is after " + feeds);
    }
  }

  /** The nearest nodes upstream that both sides have. */
  private Set<String> feeders(Map<String, Node> side, Node node, boolean left) {
    Set<String> found = new TreeSet<>();
    for (String name : node.predecessors()) {
      boolean common = left ? !nodes.removed().contains(name) : !nodes.added().contains(name);
      if (common) {
        found.add(left ? nodes.now(name) : name);
      } else {
        found.addAll(feeders(side, side.get(name), left));
      }
    }
    return found;
  }

  /** Adds pairs that stand the other way round, and returns all nodes of such pairs. */
  private Set<String> reordered() {
    Map<String, Set<String>> upstream = upstream(before.nodes, true);
    Map<String, Set<String>> upstreamNow = upstream(after.nodes, false);
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, Set<String>> entry : upstream.entrySet()) {
      for (String first : entry.getValue()) {
        String second = entry.getKey();
        if (upstreamNow.getOrDefault(first, Set.of()).contains(second)) {
          all.add(first);
          all.add(second);
          add(
              isStateful(first) || isStateful(second)
                  ? Change.STATEFUL_STAGES_REORDERED
                  : Change.STAGES_REORDERED,
              second,
              "was after " + first + ", is before it");
        }
      }
    }
    return all;
  }

  private boolean isStateful(String name) {
    return !after.nodes.get(name).stores().isEmpty();
  }

  private Map<String, Set<String>> upstream(Map<String, Node> side, boolean left) {
    Map<String, Set<String>> found = new TreeMap<>();
    side.values().forEach(node -> upstream(side, node, left, found));
    return found;
  }

  private Set<String> upstream(
      Map<String, Node> side, Node node, boolean left, Map<String, Set<String>> known) {
    String name = left ? nodes.now(node.name()) : node.name();
    Set<String> found = known.get(name);
    if (found == null) {
      found = new TreeSet<>();
      for (String previous : node.predecessors()) {
        found.add(left ? nodes.now(previous) : previous);
        found.addAll(upstream(side, side.get(previous), left, known));
      }
      known.put(name, found);
    }
    return found;
  }

  private void add(Change change, String subject, String detail) {
    findings.add(new TopologyFinding(change, subject, detail));
  }
}
