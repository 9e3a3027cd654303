package io.quantumtrader.topology.export;

import io.quantumtrader.topology.export.TopologyExport.Node;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import io.quantumtrader.topology.export.TopologyExport.Store;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;
import io.quantumtrader.topology.export.TopologyExport.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.internals.StoreFactory;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes an export of any topology. */
public final class TopologyExporter {

  private final TopologyInternals internals;
  private final TopologyDescription description;
  private final StreamsConfig config;
  private final Map<String, String> subtopologyNames;

  private TopologyExporter(
      Topology topology, Properties configuration, Map<String, String> subtopologyNames) {
    this.config = new StreamsConfig(configuration);
    this.description = topology.describe();
    this.internals = new TopologyInternals(topology, config);
    this.subtopologyNames = subtopologyNames;
  }

  /**
   * Exports a topology, built for this purpose: it must not be run afterwards.
   *
   * @param configuration Streams configuration it was built with; application id and bootstrap
   *     servers are required by Streams, no server is asked
   * @param catalog what is known of external topics
   * @param subtopologyNames name of a sub-topology by the name of a node in it; without one, its
   *     number is its name
   * @throws ExportException if this version of Streams cannot be looked into; the message names
   *     those that can
   */
  public static TopologyExport export(
      Topology topology,
      Properties configuration,
      TopicCatalog catalog,
      Map<String, String> subtopologyNames) {
    StreamsVersion.require();
    try {
      return new TopologyExporter(topology, configuration, subtopologyNames).export(catalog);
    } catch (LinkageError missing) {
      throw StreamsVersion.refusal(missing);
    }
  }

  private TopologyExport export(TopicCatalog catalog) {
    List<Subtopology> subtopologies =
        description.subtopologies().stream()
            .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
            .map(this::subtopology)
            .toList();
    List<Table> tables =
        description.globalStores().stream()
            .map(this::table)
            .sorted(Comparator.comparing(Table::store))
            .toList();
    return new TopologyExport(
        TopologyExport.VERSION,
        config.getString(StreamsConfig.APPLICATION_ID_CONFIG),
        subtopologies,
        tables,
        new TopicEntries(internals, catalog).of(subtopologies, tables),
        internals.copartitioned(),
        List.of(description.toString().split("\n", -1)),
        List.of());
  }

  private Subtopology subtopology(TopologyDescription.Subtopology from) {
    List<Node> nodes = Downstream.sort(from.nodes().stream().map(TopologyExporter::node).toList());
    Map<String, StoreFactory> factories = internals.stores();
    List<Store> stores =
        nodes.stream()
            .flatMap(node -> node.stores().stream())
            .distinct()
            .sorted()
            .map(name -> store(name, factories.get(name)))
            .toList();
    String name =
        nodes.stream()
            .map(node -> subtopologyNames.get(node.name()))
            .filter(known -> known != null)
            .findFirst()
            .orElse(TopologyExport.Subtopology.unnamed(from.id()));
    return new Subtopology(from.id(), name, nodes, stores);
  }

  private static Node node(TopologyDescription.Node from) {
    List<String> topics = new ArrayList<>();
    List<String> stores = List.of();
    NodeKind kind = NodeKind.PROCESSOR;
    if (from instanceof TopologyDescription.Source source) {
      kind = NodeKind.SOURCE;
      if (source.topicSet() != null) {
        topics.addAll(source.topicSet());
      } else {
        topics.add("/" + source.topicPattern() + "/");
      }
    } else if (from instanceof TopologyDescription.Sink sink) {
      kind = NodeKind.SINK;
      if (sink.topic() != null) {
        topics.add(sink.topic());
      }
    } else if (from instanceof TopologyDescription.Processor processor) {
      stores = processor.stores().stream().sorted().toList();
    }
    topics.sort(Comparator.naturalOrder());
    return new Node(
        from.name(), kind, names(from.predecessors()), names(from.successors()), topics, stores);
  }

  private static List<String> names(java.util.Set<TopologyDescription.Node> nodes) {
    return nodes.stream().map(TopologyDescription.Node::name).sorted().toList();
  }

  private Store store(String name, StoreFactory factory) {
    StoreBuilder<?> builder = factory.builder();
    List<String> types = TopologyInternals.storeTypes(builder);
    var changelog = internals.changelog(name);
    return new Store(
        name,
        type(builder),
        builder.build().persistent(),
        types.get(0),
        types.get(1),
        TopologyInternals.caching(builder),
        factory.loggingEnabled(),
        changelog.map(Map.Entry::getKey).orElse(""),
        changelog.map(Map.Entry::getValue).orElseGet(TreeMap::new),
        factory.isWindowStore() ? factory.retentionPeriod() : null);
  }

  private Table table(TopologyDescription.GlobalStore from) {
    String store = from.processor().stores().iterator().next();
    StoreBuilder<?> builder = internals.globalStores().get(store).builder();
    return new Table(
        store,
        from.source().topicSet().iterator().next(),
        from.processor().name(),
        type(builder),
        builder.build().persistent());
  }

  /** TimestampedKeyValueStoreBuilder makes a store of the type timestamped-key-value. */
  private static String type(StoreBuilder<?> builder) {
    return builder
        .getClass()
        .getSimpleName()
        .replaceAll("(Store)?Builder$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
