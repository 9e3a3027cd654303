package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Service;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything in an export as text: sub-topologies, nodes, stores, topics, one a line. */
final class TextPicture {

  private final TopologyExport export;
  private final LiveNumbers numbers;
  private final StringBuilder out = new StringBuilder();

  private TextPicture(TopologyExport export, LiveNumbers numbers) {
    this.export = export;
    this.numbers = numbers;
  }

  static String of(TopologyExport export, LiveNumbers numbers) {
    return new TextPicture(export, numbers).draw();
  }

  private String draw() {
    line("application " + export.applicationId());
    export.subtopologies().forEach(this::subtopology);
    tables();
    services();
    topics(TopicKind.EXTERNAL, "external topics");
    topics(TopicKind.REPARTITION, "topics between sub-topologies");
    topics(TopicKind.CHANGELOG, "changelogs");
    export.copartitioned().forEach(group -> line("\nco-partitioned: " + String.join(", ", group)));
    return out.toString();
  }

  private void subtopology(Subtopology subtopology) {
    line("\n" + subtopology.name() + " (" + Labels.subtopology(export, subtopology) + ")");
    subtopology.nodes().forEach(node -> node(subtopology, node));
    subtopology.stores().forEach(this::store);
  }

  private void node(Subtopology subtopology, Node node) {
    String kind = node.kind().name().toLowerCase(java.util.Locale.ROOT);
    line("  " + kind + " " + node.name() + measured(subtopology, node));
    detail("topics", node.topics());
    detail("after", node.predecessors());
    detail("before", node.successors());
    detail("stores", node.stores());
  }

  private String measured(Subtopology subtopology, Node node) {
    if (node.kind() == NodeKind.PROCESSOR || node.topics().isEmpty()) {
      return numbers.label(node.name());
    }
    return numbers.label(subtopology, node.kind(), node.topics().get(0));
  }

  private void store(Store store) {
    line(
        "  store "
            + store.name()
            + ": "
            + store.type()
            + " "
            + store.keyType()
            + " to "
            + store.valueType()
            + (store.persistent() ? ", on disk" : ", in memory")
            + (store.caching() ? ", cached" : ", not cached")
            + (store.retentionMs() == null ? "" : ", keeps " + store.retentionMs() + " ms")
            + changelog(store));
  }

  private static String changelog(Store store) {
    if (store.logging()) {
      return ", changelog " + store.changelog();
    }
    return store.changelog().isEmpty() ? ", no changelog" : ", restored from " + store.changelog();
  }

  private void services() {
    if (export.services().isEmpty()) {
      return;
    }
    line("\nbeside the topology");
    for (Service service : export.services()) {
      line("  service " + service.name() + ": " + service.does());
      detail("reads", service.reads());
      detail("writes", service.writes());
    }
  }

  private void tables() {
    if (export.tables().isEmpty()) {
      return;
    }
    line("\nglobal tables, whole in each process");
    for (Table table : export.tables()) {
      line(
          "  table "
              + table.store()
              + ": "
              + table.type()
              + (table.persistent() ? ", on disk" : ", in memory")
              + ", from "
              + table.topic()
              + " by "
              + table.processor()
              + numbers.label(table.processor()));
    }
  }

  private void topics(TopicKind kind, String title) {
    List<TopicEntry> found =
        export.topics().stream().filter(topic -> topic.kind() == kind).toList();
    if (found.isEmpty()) {
      return;
    }
    line("\n" + title);
    for (TopicEntry topic : found) {
      line(
          "  topic "
              + topic.name()
              + ": "
              + (topic.partitions() == null
                  ? "partitions not known"
                  : Labels.counted(topic.partitions(), "partition"))
              + ", "
              + topic.keyType()
              + (topic.key().isEmpty() ? "" : " (" + topic.key() + ")")
              + " to "
              + topic.valueType()
              + settings(topic));
    }
  }

  private static String settings(TopicEntry topic) {
    return topic.settings().isEmpty()
        ? ""
        : topic.settings().entrySet().stream()
            .map(TextPicture::setting)
            .collect(Collectors.joining(", ", ", ", ""));
  }

  private static String setting(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }

  private void detail(String what, List<String> names) {
    if (!names.isEmpty()) {
      line("    " + what + " " + String.join(", ", names));
    }
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
