package io.quantumtrader.topology.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.internals.StoreFactory;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A topology taken apart: its nodes with what they were added with, its stores with their serdes.
 * Whoever has it can run the topology without Kafka Streams, through the same processors.
 *
 * @param subtopologies those that make tasks, ascending by number
 * @param tables the global tables
 * @param repartitions partition counts of the repartition topics, by name without the application's
 */
public record TopologyGraph(
    List<Part> subtopologies, List<GlobalTable> tables, Map<String, Integer> repartitions) {

  public TopologyGraph {
    subtopologies = List.copyOf(subtopologies);
    tables = List.copyOf(tables);
    repartitions = Map.copyOf(repartitions);
  }

  /**
   * A sub-topology.
   *
   * @param id its number
   * @param nodes its nodes, in the order in which they were added
   * @param stores its stores, by name
   */
  public record Part(int id, List<Node> nodes, Map<String, Store> stores) {}

  /** A node of a sub-topology. */
  public sealed interface Node {

    /** Returns its name. */
    String name();
  }

  /**
   * A source.
   *
   * @param times where its records have their times from; null for the configuration's
   * @param children nodes that hear it, in the order in which they were added
   */
  public record Source(
      String name,
      List<String> topics,
      Deserializer<?> key,
      Deserializer<?> value,
      TimestampExtractor times,
      List<String> children)
      implements Node {}

  /**
   * A processor.
   *
   * @param children nodes that hear it, in the order in which they were added
   */
  public record Stage(
      String name,
      ProcessorSupplier<Object, Object, Object, Object> processor,
      List<String> children)
      implements Node {}

  /**
   * A sink.
   *
   * @param partitioner who says the partition; null for Kafka's own way, by the key
   */
  public record Sink(
      String name,
      String topic,
      Serializer<Object> key,
      Serializer<Object> value,
      StreamPartitioner<Object, Object> partitioner)
      implements Node {}

  /**
   * A store.
   *
   * @param keys serde of its keys; null where it has none
   * @param values serde of its values; null where it has none
   * @param logged whether its changes go to a changelog
   */
  public record Store(StoreBuilder<?> builder, Serde<?> keys, Serde<?> values, boolean logged) {}

  /**
   * A global table.
   *
   * @param topic where its rows come from
   * @param processor who keeps it
   */
  public record GlobalTable(
      String store,
      String topic,
      StoreBuilder<?> builder,
      ProcessorSupplier<Object, Object, Void, Void> processor) {}

  /**
   * Takes a topology apart, which was built for this: it must not be run otherwise.
   *
   * @param configuration Streams configuration that it was built with
   * @throws ExportException if this version of Streams cannot be looked into
   */
  public static TopologyGraph of(Topology topology, Properties configuration) {
    StreamsVersion.require();
    try {
      TopologyDescription description = topology.describe();
      return new Reading(new TopologyInternals(topology, new StreamsConfig(configuration)))
          .graph(description);
    } catch (LinkageError missing) {
      throw StreamsVersion.refusal(missing);
    }
  }

  /** Reads one topology. */
  private static final class Reading {

    private final TopologyInternals internals;
    private final List<String> order;

    Reading(TopologyInternals internals) {
      this.internals = internals;
      this.order = internals.nodes();
    }

    TopologyGraph graph(TopologyDescription description) {
      List<Part> parts =
          description.subtopologies().stream()
              .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
              .map(this::part)
              .toList();
      List<GlobalTable> tables =
          description.globalStores().stream()
              .map(this::table)
              .sorted(Comparator.comparing(GlobalTable::store))
              .toList();
      Map<String, Integer> repartitions = new TreeMap<>();
      for (String name : internals.repartitionSettings().keySet()) {
        repartitions.put(name, internals.repartitionCount(name).orElseThrow());
      }
      return new TopologyGraph(parts, tables, repartitions);
    }

    private Part part(TopologyDescription.Subtopology from) {
      Map<String, TopologyDescription.Node> byName =
          from.nodes().stream()
              .collect(Collectors.toMap(TopologyDescription.Node::name, each -> each));
      List<Node> nodes = new ArrayList<>();
      Map<String, Store> stores = new LinkedHashMap<>();
      Map<String, StoreFactory> factories = internals.stores();
      for (String name : order) {
        TopologyDescription.Node node = byName.get(name);
        if (node != null) {
          nodes.add(node(node));
        }
        if (node instanceof TopologyDescription.Processor processor) {
          processor.stores().stream()
              .sorted()
              .forEach(each -> stores.computeIfAbsent(each, any -> store(factories.get(each))));
        }
      }
      return new Part(from.id(), List.copyOf(nodes), stores);
    }

    private Node node(TopologyDescription.Node node) {
      String name = node.name();
      List<String> children = children(node.successors());
      return switch (node) {
        case TopologyDescription.Source source ->
            new Source(
                name,
                source.topicSet().stream().sorted().toList(),
                internals.part(name, "keyDeserializer"),
                internals.part(name, "valDeserializer"),
                internals.part(name, "timestampExtractor"),
                children);
        case TopologyDescription.Sink sink ->
            new Sink(
                name,
                sink.topic(),
                internals.part(name, "keySerializer"),
                internals.part(name, "valSerializer"),
                internals.part(name, "partitioner"));
        default ->
            new Stage(
                name, FixedKeyStage.supplier(internals.<Object>part(name, "supplier")), children);
      };
    }

    private List<String> children(Set<TopologyDescription.Node> successors) {
      Set<String> names =
          successors.stream().map(TopologyDescription.Node::name).collect(Collectors.toSet());
      return order.stream().filter(names::contains).toList();
    }

    private GlobalTable table(TopologyDescription.GlobalStore from) {
      String store = from.processor().stores().iterator().next();
      return new GlobalTable(
          store,
          from.source().topicSet().iterator().next(),
          internals.globalStores().get(store).builder(),
          internals.part(from.processor().name(), "supplier"));
    }

    private static Store store(StoreFactory factory) {
      StoreBuilder<?> builder = factory.builder();
      return new Store(
          builder,
          TopologyInternals.storeSerde(builder, "keySerde"),
          TopologyInternals.storeSerde(builder, "valueSerde"),
          factory.loggingEnabled());
    }
  }
}
