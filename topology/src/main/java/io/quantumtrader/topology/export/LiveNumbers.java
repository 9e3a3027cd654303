package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The numbers of a running topology, to be shown in its picture; may be none. */
public final class LiveNumbers {

  /** No numbers: the picture alone. */
  public static final LiveNumbers NONE = new LiveNumbers(Map.of());

  private final Map<String, NodeNumbers> nodes;

  private LiveNumbers(Map<String, NodeNumbers> nodes) {
    this.nodes = Map.copyOf(nodes);
  }

  /**
   * Completes what stages measured with what follows from it: a node that is not measured, a sink
   * among them, took what the nodes before it passed on to it, and a source passed on what came
   * into a node that only it feeds; a source whose every child has other parents has no numbers.
   *
   * @param measured numbers by node
   */
  public static LiveNumbers of(TopologyExport export, Map<String, NodeNumbers> measured) {
    Map<String, NodeNumbers> all = new HashMap<>(measured);
    for (Subtopology subtopology : export.subtopologies()) {
      for (Node node : subtopology.nodes()) {
        complete(subtopology, node, all);
      }
    }
    return new LiveNumbers(all);
  }

  private static void complete(Subtopology subtopology, Node node, Map<String, NodeNumbers> all) {
    if (all.containsKey(node.name())) {
      return;
    }
    if (node.kind() == NodeKind.SOURCE) {
      source(subtopology, node, all).ifPresent(found -> all.put(node.name(), found));
      return;
    }
    long in = 0;
    for (Node before : subtopology.nodes()) {
      if (node.predecessors().contains(before.name())) {
        complete(subtopology, before, all);
        NodeNumbers numbers = all.get(before.name());
        in += numbers == null ? 0 : numbers.to(node.name());
      }
    }
    all.put(node.name(), NodeNumbers.through(in));
  }

  private static Optional<NodeNumbers> source(
      Subtopology subtopology, Node source, Map<String, NodeNumbers> measured) {
    return subtopology.nodes().stream()
        .filter(node -> node.predecessors().equals(List.of(source.name())))
        .map(node -> measured.get(node.name()))
        .filter(numbers -> numbers != null)
        .map(numbers -> NodeNumbers.through(numbers.in()))
        .findFirst();
  }

  /** Returns whether there are none at all. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Returns the numbers of a node. */
  public Optional<NodeNumbers> of(String node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /** Returns how many records a sub-topology took from or gave to a topic, if it is known. */
  Optional<Long> through(Subtopology subtopology, NodeKind kind, String topic) {
    return subtopology.nodes().stream()
        .filter(node -> node.kind() == kind && node.topics().contains(topic))
        .map(node -> of(node.name()).map(NodeNumbers::in))
        .reduce((a, b) -> a.flatMap(left -> b.map(right -> left + right)))
        .orElse(Optional.empty());
  }

  /** Returns the numbers of a node in a few words, with a space before; empty where none. */
  String label(String node) {
    return of(node)
        .map(
            found ->
                String.format(
                    Locale.ROOT, " %d → %d, %.0f µs", found.in(), found.out(), found.meanMicros()))
        .orElse("");
  }

  /** Returns the count of a topic in a few words, with a space before; empty where none. */
  String label(Subtopology subtopology, NodeKind kind, String topic) {
    return through(subtopology, kind, topic).map(count -> " · " + count).orElse("");
  }
}
