package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The order of a sub-topology's nodes: each after all that feed it, otherwise by name. */
final class Downstream {

  private Downstream() {}

  static List<Node> sort(List<Node> nodes) {
    Map<String, Node> left = new TreeMap<>();
    nodes.forEach(node -> left.put(node.name(), node));
    List<Node> sorted = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (!left.isEmpty()) {
      Node next =
          left.values().stream()
              .filter(node -> done.containsAll(node.predecessors()))
              .findFirst()
              .orElseThrow(() -> new ExportException("the nodes form a cycle", null));
      left.remove(next.name());
      done.add(next.name());
      sorted.add(next);
    }
    return sorted;
  }
}
