package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Service;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sub-topologies, the topics between them and the global tables, as a Mermaid flow chart. */
final class MermaidPicture {

  private static final String BREAK = "<br/>";

  private final TopologyExport export;
  private final LiveNumbers numbers;
  private final Map<String, String> ids = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private MermaidPicture(TopologyExport export, LiveNumbers numbers) {
    this.export = export;
    this.numbers = numbers;
  }

  static String of(TopologyExport export, LiveNumbers numbers) {
    return new MermaidPicture(export, numbers).draw();
  }

  private String draw() {
    line("flowchart LR");
    for (TopicEntry topic : export.topics()) {
      if (topic.kind() != TopicKind.CHANGELOG) {
        topic(topic);
      }
    }
    export.subtopologies().forEach(this::subtopology);
    export.subtopologies().forEach(this::topics);
    services();
    tables();
    line("  classDef subtopology fill:#eef4fb,stroke:#3b6ea5,color:#14324f");
    line("  classDef topic fill:#ffffff,stroke:#7a8896,color:#222222");
    line("  classDef between fill:#fff5e0,stroke:#c58a1b,color:#4a3300");
    if (!export.services().isEmpty()) {
      line("  classDef service fill:#f5effa,stroke:#7d4f9e,color:#36204a");
    }
    line("  classDef table fill:#eef7ee,stroke:#4a8a4a,color:#173a17");
    return out.toString();
  }

  private void topic(TopicEntry topic) {
    String id = "t" + ids.size();
    ids.put(topic.name(), id);
    String style = topic.kind() == TopicKind.REPARTITION ? "between" : "topic";
    line("  " + id + "([\"" + text(topic.name()) + "\"]):::" + style);
  }

  private void subtopology(Subtopology subtopology) {
    String stages =
        Labels.stages(subtopology).stream()
            .map(node -> text(node.name() + numbers.label(node.name())))
            .collect(Collectors.joining(BREAK));
    line(
        "  s"
            + subtopology.id()
            + "[\"<b>"
            + text(subtopology.name())
            + "</b>"
            + BREAK
            + stages
            + BREAK
            + "<i>"
            + Labels.counted(subtopology.stores().size(), "store")
            + "</i>\"]:::subtopology");
  }

  private void topics(Subtopology subtopology) {
    for (String topic : subtopology.sourceTopics()) {
      line(
          "  "
              + ids.get(topic)
              + " -->"
              + count(subtopology, NodeKind.SOURCE, topic)
              + " s"
              + subtopology.id());
    }
    for (String topic : subtopology.sinkTopics()) {
      line(
          "  s"
              + subtopology.id()
              + " -->"
              + count(subtopology, NodeKind.SINK, topic)
              + " "
              + ids.get(topic));
    }
  }

  private void services() {
    for (int i = 0; i < export.services().size(); i++) {
      Service service = export.services().get(i);
      String id = "e" + i;
      String does = service.does().isEmpty() ? "" : BREAK + text(service.does());
      line("  " + id + "[[\"<b>" + text(service.name()) + "</b>" + does + "\"]]:::service");
      service.reads().stream()
          .filter(ids::containsKey)
          .forEach(topic -> line("  " + ids.get(topic) + " --> " + id));
      service.writes().stream()
          .filter(ids::containsKey)
          .forEach(topic -> line("  " + id + " --> " + ids.get(topic)));
    }
  }

  private String count(Subtopology subtopology, NodeKind kind, String topic) {
    return numbers.through(subtopology, kind, topic).map(count -> "|" + count + "|").orElse("");
  }

  private void tables() {
    if (export.tables().isEmpty()) {
      return;
    }
    String rows =
        export.tables().stream()
            .map(table -> text(table.store() + numbers.label(table.processor())))
            .collect(Collectors.joining(BREAK));
    line("  tables[(\"<b>global tables</b>" + BREAK + rows + "\")]:::table");
    for (Table table : export.tables()) {
      line("  " + ids.get(table.topic()) + " -.-> tables");
    }
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
