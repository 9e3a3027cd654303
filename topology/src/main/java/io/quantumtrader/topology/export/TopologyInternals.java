package io.quantumtrader.topology.export;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.InternalTopicConfig;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder.TopicsInfo;
import org.apache.kafka.streams.processor.internals.StoreFactory;

/**
 * What only Streams' own classes know. The public description has no store settings, changelogs,
 * partition counts of repartition topics or serdes, and there is no public way to them; so this one
 * class reads them, and a version of Kafka that keeps them elsewhere fails here with its name.
 */
final class TopologyInternals {

  private final InternalTopologyBuilder builder;
  private final StreamsConfig config;
  private final Collection<TopicsInfo> topics;
  private final String prefix;

  /** Takes over a topology; it must not be run afterwards. */
  TopologyInternals(Topology topology, StreamsConfig config) {
    this.config = config;
    builder = (InternalTopologyBuilder) read(Topology.class, topology, "internalTopologyBuilder");
    builder.rewriteTopology(config);
    // Only now does it know which stores have changelogs.
    builder.buildTopology();
    topics = builder.subtopologyToTopicsInfo().values();
    prefix = config.getString(StreamsConfig.APPLICATION_ID_CONFIG) + "-";
  }

  /** Returns the stores of all sub-topologies by name. */
  Map<String, StoreFactory> stores() {
    return factories("stateFactories");
  }

  /** Returns the stores of global tables by name. */
  Map<String, StoreFactory> globalStores() {
    return factories("globalStateBuilders");
  }

  private Map<String, StoreFactory> factories(String field) {
    Map<String, StoreFactory> found = new TreeMap<>();
    ((Map<?, ?>) read(InternalTopologyBuilder.class, builder, field))
        .forEach((name, factory) -> found.put((String) name, (StoreFactory) factory));
    return found;
  }

  /** Returns the settings of a store's changelog by its name, and its name, if it has one. */
  Optional<Map.Entry<String, Map<String, String>>> changelog(String store) {
    for (TopicsInfo info : topics) {
      for (Map.Entry<String, InternalTopicConfig> topic : info.stateChangelogTopics.entrySet()) {
        // A table that is read from a topic may use that topic as its changelog.
        if (topic.getKey().equals(prefix + store + "-changelog")
            || store.equals(builder.storeForChangelogTopic(topic.getKey()))) {
          return Optional.of(Map.entry(plain(topic.getKey()), settings(topic.getValue())));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the repartition topics by name, with their settings. */
  Map<String, Map<String, String>> repartitionSettings() {
    Map<String, Map<String, String>> found = new TreeMap<>();
    topics.forEach(
        info ->
            info.repartitionSourceTopics.forEach(
                (name, topic) -> found.put(plain(name), settings(topic))));
    return found;
  }

  /** Returns the partition count of a repartition topic, if it is set. */
  Optional<Integer> repartitionCount(String name) {
    return topics.stream()
        .map(info -> info.repartitionSourceTopics.get(prefix + name))
        .filter(topic -> topic != null)
        .findFirst()
        .flatMap(InternalTopicConfig::numberOfPartitions);
  }

  /** Returns the groups of topics that Streams holds to one partition count. */
  List<List<String>> copartitioned() {
    Set<List<String>> groups = new LinkedHashSet<>();
    for (Set<String> group : builder.copartitionGroups()) {
      if (group.size() > 1) {
        groups.add(List.copyOf(new TreeSet<>(group.stream().map(this::plain).toList())));
      }
    }
    return groups.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  /** Returns the names of all nodes, in the order in which they were added. */
  List<String> nodes() {
    return ((Map<?, ?>) read(InternalTopologyBuilder.class, builder, "nodeFactories"))
        .keySet().stream().map(name -> (String) name).toList();
  }

  /** Returns what a node was added with; null where that is Streams' default. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the fields are Streams' own
  <T> T part(String node, String field) {
    Object factory = node(node);
    return (T) read(factory.getClass(), factory, field);
  }

  /** Returns a serde that a store was made with; null where it has none. */
  static Serde<?> storeSerde(Object storeBuilder, String field) {
    return (Serde<?>) readOptional(storeBuilder, field).orElse(null);
  }

  /** Returns what a source node reads: names of key and value type. */
  List<String> sourceTypes(String node) {
    Object factory = node(node);
    return List.of(
        TypeNames.of((Deserializer<?>) read(factory.getClass(), factory, "keyDeserializer")),
        TypeNames.of((Deserializer<?>) read(factory.getClass(), factory, "valDeserializer")));
  }

  /** Returns what a sink node writes: names of key and value type. */
  List<String> sinkTypes(String node) {
    Object factory = node(node);
    return List.of(
        TypeNames.ofInstance(read(factory.getClass(), factory, "keySerializer")),
        TypeNames.ofInstance(read(factory.getClass(), factory, "valSerializer")));
  }

  private Object node(String name) {
    return ((Map<?, ?>) read(InternalTopologyBuilder.class, builder, "nodeFactories")).get(name);
  }

  /** Returns the names of key and value type of a store; default where its builder is foreign. */
  static List<String> storeTypes(Object storeBuilder) {
    return List.of(
        TypeNames.of(storeSerde(storeBuilder, "keySerde")),
        TypeNames.of(storeSerde(storeBuilder, "valueSerde")));
  }

  /** Returns whether writes to a store are held back and merged. */
  static boolean caching(Object storeBuilder) {
    return readOptional(storeBuilder, "enableCaching").equals(Optional.of(true));
  }

  private Map<String, String> settings(InternalTopicConfig topic) {
    long additional =
        config.getLong(StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG);
    return new TreeMap<>(topic.properties(Map.of(), additional));
  }

  private String plain(String topic) {
    return topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
  }

  private static Optional<Object> readOptional(Object from, String name) {
    for (Class<?> type = from.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return Optional.ofNullable(read(type, from, name));
        }
      }
    }
    return Optional.empty();
  }

  private static Object read(Class<?> type, Object from, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(from);
    } catch (ReflectiveOperationException e) {
      throw StreamsVersion.refusal(e);
    }
  }
}
