package io.quantumtrader.topology;

import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Writes nodes into a topology: sources, stages and sinks, each with the names of the nodes that it
 * hears. A stage forwards to the next stage or to a sink by its name, so that nothing has to filter
 * or merge what stages publish.
 *
 * <p>Repartition topics are made by the DSL alone. So the few stages that records leave for another
 * sub-topology are begun there, by {@link #begin}, and the rest is joined to them.
 */
public final class Wiring {

  /** Account topics are partitioned by the account alone, whatever else is in the key. */
  public static final StreamPartitioner<String, Object> BY_ACCOUNT =
      (topic, key, value, count) ->
          Optional.of(Set.of(Accounts.partitionOf(Accounts.accountOf(key), count)));

  /** Kafka's own: by the whole key. */
  public static final StreamPartitioner<String, Object> BY_KEY = null;

  private final Topology topology;
  private final RecordSerdes serdes;

  /**
   * Creates the wiring of a topology that the DSL has begun.
   *
   * @param serdes value serdes
   */
  public Wiring(Topology topology, RecordSerdes serdes) {
    this.topology = topology;
    this.serdes = serdes;
  }

  /** Begins with a source and the stage that hears it. */
  public static <V extends SpecificRecord> KStream<String, Object> begin(
      StreamsBuilder builder,
      RecordSerdes serdes,
      Begun<V> stage,
      ProcessorSupplier<String, V, String, Object> processor,
      String... stores) {
    return builder.stream(
            stage.topic().topicName(),
            Consumed.with(Serdes.String(), serdes.of(stage.type())).withName(stage.source()))
        .process(processor, Named.as(stage.name()), stores);
  }

  /**
   * A stage that is begun in the DSL.
   *
   * @param source name of its source
   * @param type type of the values there
   * @param name name of the stage
   */
  public record Begun<V extends SpecificRecord>(
      String source, Topic topic, Class<V> type, String name) {}

  /** Returns a stage's stream as the one kind of record that it sends this way. */
  @SuppressWarnings("unchecked") // a stage forwards to a node by its name, and what belongs there
  public static <V> KStream<String, V> only(KStream<String, Object> stage) {
    return (KStream<String, V>) (KStream<String, ?>) stage;
  }

  /** Adds a source, whose records have the time that {@link StreamsSettings} gives them. */
  public <V extends SpecificRecord> void source(String name, Topic topic, Class<V> type) {
    source(name, topic, type, null);
  }

  /** Adds a source with a time of its own for its records. */
  public <V extends SpecificRecord> void source(
      String name, Topic topic, Class<V> type, TimestampExtractor times) {
    topology.addSource(
        (AutoOffsetReset) null,
        name,
        times,
        new StringDeserializer(),
        serdes.of(type).deserializer(),
        topic.topicName());
  }

  /** Adds a stage that hears other nodes. */
  public <V> void stage(
      String name,
      ProcessorSupplier<String, V, String, Object> processor,
      String[] stores,
      String... hears) {
    topology.addProcessor(name, processor, hears);
    if (stores.length > 0) {
      topology.connectProcessorAndStateStores(name, stores);
    }
  }

  /** Adds a sink that hears stages. */
  public <V extends SpecificRecord> void sink(
      String name,
      Topic topic,
      Class<V> type,
      StreamPartitioner<String, Object> partitioner,
      String... hears) {
    topology.addSink(
        name,
        topic.topicName(),
        new StringSerializer(),
        serdes.of(type).serializer(),
        partitioner,
        hears);
  }
}
