package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Service;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;

/** Every node, store and topic as a Graphviz graph, a cluster for each sub-topology. */
final class DotPicture {

  private final TopologyExport export;
  private final LiveNumbers numbers;
  private final StringBuilder out = new StringBuilder();

  private DotPicture(TopologyExport export, LiveNumbers numbers) {
    this.export = export;
    this.numbers = numbers;
  }

  static String of(TopologyExport export, LiveNumbers numbers) {
    return new DotPicture(export, numbers).draw();
  }

  private String draw() {
    line("digraph topology {");
    line("  rankdir=LR; node [shape=box, fontname=Helvetica, fontsize=10];");
    for (TopicEntry topic : export.topics()) {
      if (topic.kind() != TopicKind.CHANGELOG) {
        line("  " + id("topic", topic.name()) + " [shape=cds, label=" + topicLabel(topic) + "];");
      }
    }
    export.subtopologies().forEach(this::subtopology);
    export.tables().forEach(this::table);
    export.services().forEach(this::service);
    line("}");
    return out.toString();
  }

  private static String topicLabel(TopicEntry topic) {
    return quoted(topic.name() + "\\n" + Labels.topic(topic));
  }

  private void subtopology(Subtopology subtopology) {
    line("  subgraph cluster_" + subtopology.id() + " {");
    line(
        "    label="
            + quoted(subtopology.name() + ": " + Labels.subtopology(export, subtopology))
            + ";");
    for (Node node : subtopology.nodes()) {
      String shape = node.kind() == NodeKind.PROCESSOR ? "box" : "plain";
      String label = quoted(node.name() + numbers.label(node.name()));
      line("    " + id("node", node.name()) + " [shape=" + shape + ", label=" + label + "];");
    }
    for (Store store : subtopology.stores()) {
      String label = quoted(store.name() + "\\n" + Labels.store(store));
      line("    " + id("store", store.name()) + " [shape=cylinder, label=" + label + "];");
    }
    line("  }");
    subtopology.nodes().forEach(this::edges);
  }

  private void edges(Node node) {
    String here = id("node", node.name());
    node.successors().forEach(next -> line("  " + here + " -> " + id("node", next) + ";"));
    for (String store : node.stores()) {
      line("  " + here + " -> " + id("store", store) + " [dir=none, style=dotted];");
    }
    for (String topic : node.topics()) {
      String there = id("topic", topic);
      line(
          node.kind() == NodeKind.SOURCE
              ? "  " + there + " -> " + here + ";"
              : "  " + here + " -> " + there + ";");
    }
  }

  private void table(Table table) {
    String here = id("store", table.store());
    String label = quoted(table.store() + "\\nglobal table" + numbers.label(table.processor()));
    line("  " + here + " [shape=cylinder, label=" + label + "];");
    line("  " + id("topic", table.topic()) + " -> " + here + " [style=dashed];");
  }

  private void service(Service service) {
    String here = id("service", service.name());
    String label = quoted(service.name() + "\\n" + service.does());
    line("  " + here + " [shape=component, label=" + label + "];");
    service.reads().forEach(topic -> line("  " + id("topic", topic) + " -> " + here + ";"));
    service.writes().forEach(topic -> line("  " + here + " -> " + id("topic", topic) + ";"));
  }

  private static String id(String kind, String name) {
    return quoted(kind + ":" + name);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
