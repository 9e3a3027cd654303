package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One of two exports, looked up by name. */
final class Side {

  final TopologyExport export;
  final Map<String, Node> nodes = new TreeMap<>();
  final Map<String, Store> stores = new TreeMap<>();
  final Map<String, Subtopology> subtopologyOfStore = new TreeMap<>();
  final Map<String, Table> tables = new TreeMap<>();
  final Map<String, TopicEntry> topics = new TreeMap<>();

  Side(TopologyExport export) {
    this.export = export;
    for (Subtopology subtopology : export.subtopologies()) {
      subtopology.nodes().forEach(node -> nodes.put(node.name(), node));
      for (Store store : subtopology.stores()) {
        stores.put(store.name(), store);
        subtopologyOfStore.put(store.name(), subtopology);
      }
    }
    export.tables().forEach(table -> tables.put(table.store(), table));
    export.topics().forEach(topic -> topics.put(topic.name(), topic));
  }

  /** Returns the topics of others that are read, by sub-topologies or tables. */
  Set<String> read() {
    Set<String> read = new TreeSet<>();
    export.subtopologies().forEach(subtopology -> read.addAll(subtopology.sourceTopics()));
    export.tables().forEach(table -> read.add(table.topic()));
    read.removeAll(repartitions());
    return read;
  }

  /** Returns the topics of others that are written. */
  Set<String> written() {
    Set<String> written = new TreeSet<>();
    export.subtopologies().forEach(subtopology -> written.addAll(subtopology.sinkTopics()));
    written.removeAll(repartitions());
    return written;
  }

  /** Returns the repartition topics. */
  Set<String> repartitions() {
    return topics.values().stream()
        .filter(topic -> topic.kind() == TopicKind.REPARTITION)
        .map(TopicEntry::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns whether a node, store or topic has this name. */
  boolean has(String name) {
    return nodes.containsKey(name) || stores.containsKey(name) || topics.containsKey(name);
  }

  /**
   * Returns the topic that a store is restored from in place of a changelog of its own, if it is a
   * table whose source topic Streams reuses ({@code topology.optimization}).
   */
  Optional<String> restoredFrom(Store store) {
    TopicEntry topic = topics.get(store.changelog());
    boolean isOwn =
        store.changelog().isEmpty()
            || (store.logging() && (topic == null || topic.kind() == TopicKind.CHANGELOG));
    return isOwn ? Optional.empty() : Optional.of(store.changelog());
  }

  /** Returns whether a topic is known to lose old rows: it has a cleanup, and not compaction. */
  boolean isKnownNotCompacted(String topic) {
    return Optional.ofNullable(topics.get(topic))
        .flatMap(TopicEntry::cleanup)
        .filter(policy -> !policy.contains("compact"))
        .isPresent();
  }

  /** Returns the nodes that use a store. */
  Set<String> usersOf(String store) {
    return nodes.values().stream()
        .filter(node -> node.stores().contains(store))
        .map(Node::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the partition counts of what a sub-topology reads; null counts are left out. */
  Set<Integer> counts(Subtopology subtopology) {
    return subtopology.sourceTopics().stream()
        .map(topics::get)
        .filter(topic -> topic != null && topic.partitions() != null)
        .map(TopicEntry::partitions)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
