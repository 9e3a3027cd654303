package io.quantumtrader.topology.export;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A topology as data: what Kafka's description says, and the stores, internal topics, partitions
 * and schemas that it leaves out. Internal topics go without the application id in front of them.
 *
 * @param version version of this format, {@link #VERSION}
 * @param applicationId name that internal topics, offsets and local state belong to
 * @param subtopologies sub-topologies by number
 * @param tables global tables by name of their store
 * @param topics every topic that is read or written, changelogs too, by name
 * @param copartitioned topics that Streams itself holds to one partition count, by group
 * @param description Kafka's own description of the topology, line by line; empty in exports that
 *     were made before it was kept
 * @param services programs that take part in the flow without belonging to the topology; empty
 *     where nobody named one
 */
public record TopologyExport(
    int version,
    String applicationId,
    List<Subtopology> subtopologies,
    List<Table> tables,
    List<TopicEntry> topics,
    List<List<String>> copartitioned,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> description,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Service> services) {

  /**
   * Version of the format that this code writes. What may be left out can come to a version;
   * readers pass over what they do not know.
   */
  public static final int VERSION = 2;

  public TopologyExport {
    applicationId = applicationId == null ? "" : applicationId;
    subtopologies = listOf(subtopologies);
    tables = listOf(tables);
    topics = listOf(topics);
    copartitioned = listOf(copartitioned).stream().map(List::copyOf).toList();
    description = listOf(description);
    services = listOf(services);
  }

  /** Returns the topology alone: without what only says more of it to people. */
  public TopologyExport structure() {
    return new TopologyExport(
        version, applicationId, subtopologies, tables, topics, copartitioned, List.of(), List.of());
  }

  /** Returns the export with programs that take part in the flow. */
  public TopologyExport with(List<Service> taking) {
    return new TopologyExport(
        version, applicationId, subtopologies, tables, topics, copartitioned, description, taking);
  }

  /** What a node of a sub-topology is. */
  public enum NodeKind {
    SOURCE,
    PROCESSOR,
    SINK
  }

  /** What a topic is for. */
  public enum TopicKind {
    /** Written or read by others too. */
    EXTERNAL,
    /** Made by Streams, between sub-topologies. */
    REPARTITION,
    /** Made by Streams, behind a store. */
    CHANGELOG
  }

  /**
   * A sub-topology.
   *
   * @param id number, as in task ids
   * @param name name for people
   * @param nodes sources, processors and sinks, from upstream to downstream
   * @param stores stores that its tasks own, by name
   */
  public record Subtopology(int id, String name, List<Node> nodes, List<Store> stores) {
    public Subtopology {
      nodes = listOf(nodes);
      stores = listOf(stores);
    }

    /** Returns the name of a sub-topology that nobody named. */
    static String unnamed(int id) {
      return "sub-topology " + id;
    }

    /** Returns the topics that it reads, sorted. */
    @JsonIgnore
    public List<String> sourceTopics() {
      return topics(NodeKind.SOURCE);
    }

    /** Returns the topics that it writes, sorted. */
    @JsonIgnore
    public List<String> sinkTopics() {
      return topics(NodeKind.SINK);
    }

    private List<String> topics(NodeKind kind) {
      return nodes.stream()
          .filter(node -> node.kind() == kind)
          .flatMap(node -> node.topics().stream())
          .distinct()
          .sorted()
          .toList();
    }
  }

  /**
   * A source, processor or sink.
   *
   * @param name unique in the topology
   * @param kind which of them
   * @param predecessors nodes before it, by name
   * @param successors nodes after it, by name
   * @param topics topics that a source reads or a sink writes; a pattern in slashes; empty for a
   *     processor and for a sink that chooses by record
   * @param stores stores that it is connected to, by name
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Node(
      String name,
      NodeKind kind,
      List<String> predecessors,
      List<String> successors,
      List<String> topics,
      List<String> stores) {
    public Node {
      predecessors = listOf(predecessors);
      successors = listOf(successors);
      topics = listOf(topics);
      stores = listOf(stores);
    }
  }

  /**
   * A store and its changelog.
   *
   * @param name unique in the topology
   * @param type for example {@code key-value} or {@code timestamped-window}
   * @param persistent whether it lies on disk
   * @param keyType what the key is, as {@link TypeNames} says it
   * @param valueType what the value is, likewise
   * @param caching whether writes are held back and merged
   * @param logging whether it has a changelog
   * @param changelog name of the changelog topic; empty without logging
   * @param changelogSettings topic settings of the changelog
   * @param retentionMs how long a window store keeps windows; null for others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Store(
      String name,
      String type,
      boolean persistent,
      String keyType,
      String valueType,
      boolean caching,
      boolean logging,
      String changelog,
      Map<String, String> changelogSettings,
      Long retentionMs) {
    public Store {
      changelog = changelog == null ? "" : changelog;
      changelogSettings = sorted(changelogSettings);
    }
  }

  /**
   * A global table: all partitions of a topic in every process.
   *
   * @param store name of its store
   * @param topic topic that it is read from
   * @param processor what updates it
   * @param type as with {@link Store}
   * @param persistent whether it lies on disk
   */
  public record Table(
      String store, String topic, String processor, String type, boolean persistent) {}

  /**
   * A program beside the topology, such as the one that carries out what the topology decides.
   *
   * @param name name for people
   * @param does what it does, in a few words
   * @param reads topics that the topology writes and it reads
   * @param writes topics that it writes and the topology reads
   */
  public record Service(String name, String does, List<String> reads, List<String> writes) {
    public Service {
      does = does == null ? "" : does;
      reads = listOf(reads);
      writes = listOf(writes);
    }
  }

  /**
   * A topic.
   *
   * @param name name on the broker, or without the application id for an internal one
   * @param kind what it is for
   * @param partitions partition count; null where it is not known before the broker is asked
   * @param settings topic settings that are known; what is not here is the broker's default
   * @param key what the key says, for people; empty where nobody said
   * @param keyType what the key is, as {@link TypeNames} says it
   * @param valueType what the value is, likewise; of Avro the full name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TopicEntry(
      String name,
      TopicKind kind,
      Integer partitions,
      Map<String, String> settings,
      String key,
      String keyType,
      String valueType) {
    public TopicEntry {
      settings = sorted(settings);
      key = key == null ? "" : key;
    }

    /** Returns the cleanup policy, or empty where it is the broker's default. */
    @JsonIgnore
    public Optional<String> cleanup() {
      return Optional.ofNullable(settings.get("cleanup.policy"));
    }
  }

  /** Returns the topic of this name, if the topology has it. */
  public Optional<TopicEntry> topic(String name) {
    return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static <T> List<T> listOf(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static Map<String, String> sorted(Map<String, String> settings) {
    return settings == null
        ? Map.of()
        : java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
