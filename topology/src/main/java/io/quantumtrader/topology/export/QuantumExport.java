package io.quantumtrader.topology.export;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicSettings;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.export.TopologyExport.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The export of this project's topology, built without any server. */
public final class QuantumExport {

  private static final Map<String, String> SUBTOPOLOGIES =
      Map.of(
          Names.BRIDGE, "account",
          Names.MARKET_STAGE, "symbol",
          Names.UNIVERSE_RANKING, "universe");

  private static final Service EXECUTOR =
      new Service(
          "executor",
          "carries out plans at the exchange",
          names(Topic.APPLY_PLAN),
          names(Topic.APPLY_RESULT, Topic.EXCHANGE_ACCOUNT, Topic.INSTRUMENT));

  private QuantumExport() {}

  private static List<String> names(Topic... topics) {
    return Arrays.stream(topics).map(Topic::topicName).toList();
  }

  /** Returns the export with these partition counts. */
  public static TopologyExport of(PartitionCounts counts) {
    Properties configuration =
        new StreamsSettings(Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0")).properties();
    try (RecordSerdes serdes = new RecordSerdes(Map.of("schema.registry.url", "http://none:0"))) {
      Topology topology = QuantumTopology.build(serdes, counts, configuration);
      return TopologyExporter.export(topology, configuration, catalog(counts), SUBTOPOLOGIES)
          .with(List.of(EXECUTOR));
    }
  }

  /** Returns what the catalog of this project says of topics. */
  static TopicCatalog catalog(PartitionCounts counts) {
    TopicSettings settings = new TopicSettings(counts, TopicSettings.BROKER_DEFAULT, Map.of());
    return name -> Topic.named(name).map(topic -> entry(topic, settings));
  }

  private static TopicCatalog.Entry entry(Topic topic, TopicSettings settings) {
    Optional<Schema> schema = topic.valueSchema();
    return new TopicCatalog.Entry(
        settings.counts().of(topic.group()),
        settings.of(topic),
        topic.keyMeaning(),
        schema.map(Schema::getFullName).orElse("bytes"));
  }
}
