package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words that all pictures use alike. */
final class Labels {

  private Labels() {}

  /**
   * Returns the nodes worth a line of their own, in the order of flow: processors with state, or
   * all without any.
   */
  static List<Node> stages(Subtopology subtopology) {
    List<Node> processors =
        Flow.of(subtopology).stream().filter(node -> node.kind() == NodeKind.PROCESSOR).toList();
    List<Node> stateful = processors.stream().filter(node -> !node.stores().isEmpty()).toList();
    return stateful.isEmpty() ? processors : stateful;
  }

  /** Returns a sub-topology in one line: number, tasks, and what is in it. */
  static String subtopology(TopologyExport export, Subtopology subtopology) {
    List<String> parts = new ArrayList<>();
    parts.add("sub-topology " + subtopology.id());
    tasks(export, subtopology).ifPresent(count -> parts.add(counted(count, "task")));
    parts.add(counted(stages(subtopology).size(), "stage"));
    parts.add(counted(subtopology.stores().size(), "store"));
    return String.join(", ", parts);
  }

  /** Returns how many tasks a sub-topology has, where all its topics' partitions are known. */
  static Optional<Integer> tasks(TopologyExport export, Subtopology subtopology) {
    int most = 0;
    for (String name : subtopology.sourceTopics()) {
      Integer partitions = export.topic(name).map(TopicEntry::partitions).orElse(null);
      if (partitions == null) {
        return Optional.empty();
      }
      most = Math.max(most, partitions);
    }
    return Optional.of(most);
  }

  /** Returns a topic in short: partitions, value, cleanup. */
  static String topic(TopicEntry topic) {
    return (topic.partitions() == null ? "" : counted(topic.partitions(), "partition") + ", ")
        + shortType(topic.valueType())
        + topic.cleanup().map(policy -> ", " + policy).orElse("");
  }

  /** Returns a store in short: what it holds and where. */
  static String store(Store store) {
    return shortType(store.valueType())
        + (store.persistent() ? ", disk" : ", memory")
        + (store.logging() || !store.changelog().isEmpty() ? "" : ", no changelog")
        + (store.caching() ? ", cached" : "");
  }

  /** Returns a type without its package. */
  static String shortType(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
