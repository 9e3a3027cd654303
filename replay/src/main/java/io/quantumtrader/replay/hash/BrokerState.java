package io.quantumtrader.replay.hash;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import io.quantumtrader.topology.export.TopologyGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the rows that decide from a broker: from the changelogs and the compacted topics. */
public final class BrokerState {

  private BrokerState() {}

  /**
   * Reads what is committed as this is called.
   *
   * @param graph the topology that the pipeline runs
   * @param applicationId application id of its stages, which changelogs begin with
   * @throws org.apache.kafka.common.KafkaException if they cannot be read to their ends in time
   */
  public static StateRows read(TopicReader reader, TopologyGraph graph, String applicationId) {
    Map<String, Stored> changelogs = changelogs(graph, applicationId);
    Set<String> topics = new HashSet<>(changelogs.keySet());
    for (Topic topic : Topic.values()) {
      if (topic.cleanup() == Topic.Cleanup.COMPACT) {
        topics.add(topic.topicName());
      }
    }
    StateRows rows = new StateRows();
    reader.readAll(topics, record -> put(record, changelogs.get(record.topic()), rows));
    return rows;
  }

  /** A store, and whether its values are in the registry's wire format. */
  private record Stored(String name, boolean avro) {}

  private static Map<String, Stored> changelogs(TopologyGraph graph, String applicationId) {
    Map<String, Stored> found = new HashMap<>();
    for (TopologyGraph.Part part : graph.subtopologies()) {
      part.stores()
          .forEach(
              (name, store) -> {
                if (store.logged()) {
                  found.put(
                      applicationId + "-" + name + "-changelog",
                      new Stored(name, RecordSerdes.writesRegistryFormat(store.values())));
                }
              });
    }
    return found;
  }

  private static void put(ConsumerRecord<byte[], byte[]> record, Stored store, StateRows rows) {
    if (store != null) {
      rows.store(store.name(), record.partition(), store.avro(), record.key(), record.value());
    } else {
      rows.topic(Topic.named(record.topic()).orElseThrow(), record.key(), record.value());
    }
  }
}
