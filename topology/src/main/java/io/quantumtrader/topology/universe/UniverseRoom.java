package io.quantumtrader.topology.universe;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/** One task: market states to the ranked list of what may be opened. */
public final class UniverseRoom {

  private UniverseRoom() {}

  /**
   * Adds the room to the builder.
   *
   * @param states market states keyed by symbol, not yet repartitioned
   * @param clock the clock of account partition 0, not yet repartitioned
   */
  public static void add(
      StreamsBuilder builder,
      RecordSerdes serdes,
      KStream<String, MarketState> states,
      KStream<String, Clock> clock) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Names.UNIVERSE_STATE_STORE),
            Serdes.String(),
            serdes.of(MarketState.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Names.UNIVERSE_STORE),
            Serdes.String(),
            serdes.of(Universe.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Names.UNIVERSE_BEGIN_STORE),
            Serdes.String(),
            Serdes.Long()));
    states
        .repartition(oneTask(Names.UNIVERSE_STATE, serdes.of(MarketState.class)))
        .process(UniverseStates::new, Named.as(Names.UNIVERSE_STATES), Names.UNIVERSE_STATE_STORE);
    KStream<String, SpecificRecord> published =
        clock
            .repartition(oneTask(Names.UNIVERSE_CLOCK, serdes.of(Clock.class)))
            .process(
                UniverseStage::new,
                Named.as(Names.UNIVERSE_RANKING),
                Names.UNIVERSE_STATE_STORE,
                Names.UNIVERSE_STORE,
                Names.UNIVERSE_BEGIN_STORE);
    sink(published, Universe.class, Topic.UNIVERSE, Names.UNIVERSE_SINK, serdes);
    sink(published, Decision.class, Topic.DECISION, Names.UNIVERSE_DECISION_SINK, serdes);
  }

  private static <V> Repartitioned<String, V> oneTask(String name, Serde<V> serde) {
    return Repartitioned.<String, V>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(serde)
        .withNumberOfPartitions(1);
  }

  private static <V extends SpecificRecord> void sink(
      KStream<String, SpecificRecord> from,
      Class<V> type,
      Topic topic,
      String name,
      RecordSerdes serdes) {
    from.flatMapValues(
            record -> type.isInstance(record) ? List.of(type.cast(record)) : List.of(),
            Named.as("to-" + name))
        .to(topic.topicName(), Produced.with(Serdes.String(), serdes.of(type)).withName(name));
  }
}
