package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Room;
import java.util.HashMap;
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
   * Completes what processors measured with what follows from it: a source passed on what came into
   * a node that only it feeds, a sink took what the nodes before it passed on. That is exact as
   * long as no processor picks a child by name; a source whose every child has other parents has
   * none.
   *
   * @param measured numbers by node
   */
  public static LiveNumbers of(TopologyExport export, Map<String, NodeNumbers> measured) {
    Map<String, NodeNumbers> all = new HashMap<>(measured);
    for (Room room : export.rooms()) {
      for (Node node : room.nodes()) {
        if (node.kind() == NodeKind.SOURCE) {
          source(room, node, measured).ifPresent(found -> all.put(node.name(), found));
        } else if (node.kind() == NodeKind.SINK) {
          all.put(node.name(), sink(node, measured));
        }
      }
    }
    return new LiveNumbers(all);
  }

  private static Optional<NodeNumbers> source(
      Room room, Node source, Map<String, NodeNumbers> measured) {
    return room.nodes().stream()
        .filter(node -> node.predecessors().equals(java.util.List.of(source.name())))
        .map(node -> measured.get(node.name()))
        .filter(numbers -> numbers != null)
        .map(numbers -> new NodeNumbers(numbers.in(), numbers.in(), 0))
        .findFirst();
  }

  private static NodeNumbers sink(Node sink, Map<String, NodeNumbers> measured) {
    long in =
        sink.predecessors().stream()
            .map(measured::get)
            .filter(numbers -> numbers != null)
            .mapToLong(NodeNumbers::out)
            .sum();
    return new NodeNumbers(in, in, 0);
  }

  /** Returns whether there are none at all. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Returns the numbers of a node. */
  public Optional<NodeNumbers> of(String node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /** Returns how many records a room took from or gave to a topic, if it is known. */
  Optional<Long> through(Room room, NodeKind kind, String topic) {
    return room.nodes().stream()
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

  /** Returns the count of a door in a few words, with a space before; empty where none. */
  String label(Room room, NodeKind kind, String topic) {
    return through(room, kind, topic).map(count -> " · " + count).orElse("");
  }
}
