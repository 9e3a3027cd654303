package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which a record meets the nodes of a sub-topology: each after all that feed it, and a
 * path is followed to its end before the next one begins. A stage that passes nothing on and only
 * fills stores for others stands before them; then the path with the most stages goes first.
 */
final class Flow {

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Integer> stagesAhead = new HashMap<>();
  private final Map<String, Integer> nodesAhead = new HashMap<>();
  private final Set<String> ordered = new LinkedHashSet<>();
  private final Comparator<Node> first;

  private Flow(Subtopology subtopology) {
    subtopology.nodes().forEach(node -> nodes.put(node.name(), node));
    nodes.values().forEach(this::measure);
    first =
        Comparator.comparing((Node node) -> !fillsForOthers(node))
            .thenComparing(node -> -stagesAhead.get(node.name()))
            .thenComparing(node -> -nodesAhead.get(node.name()))
            .thenComparing(Node::name);
  }

  /** Returns the nodes of a sub-topology in the order of flow. */
  static List<Node> of(Subtopology subtopology) {
    Flow flow = new Flow(subtopology);
    flow.nodes.values().stream()
        .filter(node -> node.predecessors().isEmpty())
        .sorted(flow.first)
        .forEach(flow::follow);
    return flow.ordered.stream().map(flow.nodes::get).toList();
  }

  private void follow(Node node) {
    if (!ordered.containsAll(node.predecessors()) || !ordered.add(node.name())) {
      return;
    }
    after(node).stream().sorted(first).forEach(this::follow);
  }

  private List<Node> after(Node node) {
    List<Node> after = new ArrayList<>();
    node.successors().forEach(name -> after.add(nodes.get(name)));
    return after;
  }

  /** Counts the stages, and the nodes, on the longest way from here on. */
  private void measure(Node node) {
    if (nodesAhead.containsKey(node.name())) {
      return;
    }
    int stages = 0;
    int all = 0;
    for (Node next : after(node)) {
      measure(next);
      stages = Math.max(stages, stagesAhead.get(next.name()));
      all = Math.max(all, nodesAhead.get(next.name()));
    }
    stagesAhead.put(node.name(), stages + (node.stores().isEmpty() ? 0 : 1));
    nodesAhead.put(node.name(), all + 1);
  }

  /** Whether all that comes of a node is what others find in a store. */
  private boolean fillsForOthers(Node node) {
    if (!node.successors().isEmpty()) {
      return node.kind() == NodeKind.SOURCE && after(node).stream().allMatch(this::fillsForOthers);
    }
    return nodes.values().stream()
        .filter(other -> !other.successors().isEmpty())
        .anyMatch(other -> !Collections.disjoint(other.stores(), node.stores()));
  }
}
