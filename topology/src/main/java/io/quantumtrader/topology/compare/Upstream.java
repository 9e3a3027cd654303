package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.TopicEntry;
import io.quantumtrader.topology.export.TopologyExport.TopicKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Follows one side's records back to where they come from, also through repartition topics. */
final class Upstream {

  /** In a name that Streams made up. */
  static final Pattern GENERATED = Pattern.compile("-\\d{10}(-|$)");

  private final Side side;

  Upstream(Side side) {
    this.side = side;
  }

  /**
   * What feeds a node.
   *
   * @param topics topics of others that its records come from
   * @param names given names on the way, of nodes, stores and repartition topics; a name that
   *     Streams made up says nothing, since another one bears it after the next change upstream
   */
  record Feed(Set<String> topics, Set<String> names) {}

  /** Returns what feeds the nodes that use a store. */
  Feed ofStore(String store) {
    return of(users(store));
  }

  /** Returns what feeds the sinks of a topic. */
  Feed ofTopic(String topic) {
    return of(sinks(topic));
  }

  /**
   * Returns what feeds the users of a store by their part in it: their name, or what Streams calls
   * nodes of their kind. Of two inputs of a join, one fills the store and one looks up.
   */
  Map<String, Set<String>> topicsByPart(String store) {
    // Tables before joins: who fills the store says more than who looks up.
    Map<String, Set<String>> parts = new TreeMap<>(Comparator.reverseOrder());
    for (Node user : users(store)) {
      String part = user.name().replaceAll("-\\d{10}.*", "");
      parts.computeIfAbsent(part, none -> new TreeSet<>()).addAll(of(List.of(user)).topics());
    }
    return parts;
  }

  private List<Node> users(String store) {
    return side.nodes.values().stream().filter(node -> node.stores().contains(store)).toList();
  }

  private List<Node> sinks(String topic) {
    return side.nodes.values().stream()
        .filter(node -> node.kind() == NodeKind.SINK && node.topics().contains(topic))
        .toList();
  }

  private Feed of(Collection<Node> nodes) {
    Feed feed = new Feed(new TreeSet<>(), new TreeSet<>());
    Set<String> visited = new HashSet<>();
    nodes.forEach(node -> follow(node, feed, visited));
    return feed;
  }

  private void follow(Node node, Feed feed, Set<String> visited) {
    if (node == null || !visited.add(node.name())) {
      return;
    }
    addGiven(node.name(), feed);
    if (node.kind() == NodeKind.SOURCE) {
      node.topics().forEach(topic -> enter(topic, feed, visited));
    }
    for (String name : node.predecessors()) {
      Node previous = side.nodes.get(name);
      if (previous != null) {
        previous.stores().forEach(store -> addGiven(store, feed));
        follow(previous, feed, visited);
      }
    }
  }

  private void enter(String topic, Feed feed, Set<String> visited) {
    TopicEntry entry = side.topics.get(topic);
    if (entry == null || entry.kind() != TopicKind.REPARTITION) {
      feed.topics().add(topic);
      return;
    }
    addGiven(topic, feed);
    sinks(topic).forEach(sink -> follow(sink, feed, visited));
  }

  private static void addGiven(String name, Feed feed) {
    if (!GENERATED.matcher(name).find()) {
      feed.names().add(name);
    }
  }
}
