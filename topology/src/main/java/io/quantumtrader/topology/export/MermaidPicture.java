package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Room;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Rooms, the topics between them and the global tables, as a Mermaid flow chart. */
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
    export.rooms().forEach(this::room);
    export.rooms().forEach(this::doors);
    tables();
    line("  classDef room fill:#eef4fb,stroke:#3b6ea5,color:#14324f");
    line("  classDef door fill:#ffffff,stroke:#7a8896,color:#222222");
    line("  classDef between fill:#fff5e0,stroke:#c58a1b,color:#4a3300");
    line("  classDef table fill:#eef7ee,stroke:#4a8a4a,color:#173a17");
    return out.toString();
  }

  private void topic(TopicEntry topic) {
    String id = "t" + ids.size();
    ids.put(topic.name(), id);
    String style = topic.kind() == TopicKind.REPARTITION ? "between" : "door";
    line("  " + id + "([\"" + text(topic.name()) + "\"]):::" + style);
  }

  private void room(Room room) {
    String stages =
        Labels.stages(room).stream()
            .map(node -> text(node.name() + numbers.label(node.name())))
            .collect(Collectors.joining(BREAK));
    line(
        "  r"
            + room.id()
            + "[\"<b>"
            + text(room.name())
            + "</b>"
            + BREAK
            + stages
            + BREAK
            + "<i>"
            + Labels.counted(room.stores().size(), "store")
            + "</i>\"]:::room");
  }

  private void doors(Room room) {
    for (String topic : room.sourceTopics()) {
      line("  " + ids.get(topic) + " -->" + count(room, NodeKind.SOURCE, topic) + " r" + room.id());
    }
    for (String topic : room.sinkTopics()) {
      line("  r" + room.id() + " -->" + count(room, NodeKind.SINK, topic) + " " + ids.get(topic));
    }
  }

  private String count(Room room, NodeKind kind, String topic) {
    return numbers.through(room, kind, topic).map(count -> "|" + count + "|").orElse("");
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
