package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects every topic of a topology, with all that is known of it. */
final class TopicEntries {

  private final TopologyInternals internals;
  private final TopicCatalog catalog;
  private final Map<String, Map<String, String>> repartitions;
  private final Map<String, TopicEntry> entries = new TreeMap<>();

  TopicEntries(TopologyInternals internals, TopicCatalog catalog) {
    this.internals = internals;
    this.catalog = catalog;
    this.repartitions = internals.repartitionSettings();
  }

  /** Returns the topics by name. */
  List<TopicEntry> of(Collection<Subtopology> subtopologies, Collection<Table> tables) {
    // Sources first: a deserializer says more of its type than a serializer.
    subtopologies.forEach(subtopology -> ends(subtopology, NodeKind.SOURCE));
    subtopologies.forEach(subtopology -> ends(subtopology, NodeKind.SINK));
    for (Table table : tables) {
      List<String> types =
          TopologyInternals.storeTypes(internals.globalStores().get(table.store()).builder());
      entries.computeIfAbsent(table.topic(), topic -> external(topic, types));
    }
    subtopologies.forEach(this::changelogs);
    return List.copyOf(entries.values());
  }

  private void ends(Subtopology subtopology, NodeKind kind) {
    for (Node node : subtopology.nodes()) {
      if (node.kind() == kind) {
        List<String> types =
            kind == NodeKind.SOURCE
                ? internals.sourceTypes(node.name())
                : internals.sinkTypes(node.name());
        node.topics().forEach(topic -> entries.computeIfAbsent(topic, name -> entry(name, types)));
      }
    }
  }

  private TopicEntry entry(String name, List<String> types) {
    Map<String, String> settings = repartitions.get(name);
    if (settings == null) {
      return external(name, types);
    }
    return new TopicEntry(
        name,
        TopicKind.REPARTITION,
        internals.repartitionCount(name).orElse(null),
        settings,
        "",
        types.get(0),
        types.get(1));
  }

  private TopicEntry external(String name, List<String> types) {
    Optional<TopicCatalog.Entry> known = catalog.entry(name);
    return new TopicEntry(
        name,
        TopicKind.EXTERNAL,
        known.map(TopicCatalog.Entry::partitions).orElse(null),
        known.map(TopicCatalog.Entry::settings).orElse(Map.of()),
        known.map(TopicCatalog.Entry::key).orElse(""),
        types.get(0),
        known.map(TopicCatalog.Entry::valueType).orElse(types.get(1)));
  }

  /**
   * A changelog has a partition for each task, and a sub-topology has as many as its widest source.
   */
  private void changelogs(Subtopology subtopology) {
    Integer tasks = 0;
    for (String topic : subtopology.sourceTopics()) {
      Integer partitions = entries.get(topic).partitions();
      tasks =
          tasks == null || partitions == null ? null : Integer.valueOf(Math.max(tasks, partitions));
    }
    for (Store store : subtopology.stores()) {
      if (!store.changelog().isEmpty()) {
        TopicEntry entry =
            new TopicEntry(
                store.changelog(),
                TopicKind.CHANGELOG,
                tasks,
                store.changelogSettings(),
                "",
                store.keyType(),
                store.valueType());
        entries.putIfAbsent(store.changelog(), entry);
      }
    }
  }
}
