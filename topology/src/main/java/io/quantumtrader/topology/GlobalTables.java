package io.quantumtrader.topology;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The tables every sub-topology may read: market state, instrument, universe, policy and control.
 * They are not synchronised with the streams, so each decision records the rows it saw and their
 * ages.
 *
 * <p>Each is a global store of plain records by key, named as the table in {@link Names}; a
 * processor gets it with {@code context.getStateStore(name)} without being connected to it.
 */
public final class GlobalTables {

  private GlobalTables() {}

  /**
   * Adds the tables to the builder.
   *
   * @param progress is told how far they are
   */
  public static void add(
      StreamsBuilder builder, RecordSerdes serdes, GlobalTableProgress progress) {
    table(
        builder, Names.MARKET_STATE_TABLE, Topic.MARKET_STATE, serdes, MarketState.class, progress);
    table(builder, Names.INSTRUMENT_TABLE, Topic.INSTRUMENT, serdes, Instrument.class, progress);
    table(builder, Names.UNIVERSE_TABLE, Topic.UNIVERSE, serdes, Universe.class, progress);
    table(builder, Names.POLICY_TABLE, Topic.POLICY, serdes, Policy.class, progress);
    table(builder, Names.CONTROL_TABLE, Topic.CONTROL, serdes, Control.class, progress);
  }

  private static <V extends SpecificRecord> void table(
      StreamsBuilder builder,
      String name,
      Topic topic,
      RecordSerdes serdes,
      Class<V> type,
      GlobalTableProgress progress) {
    Serde<V> serde = new TopicSerde<>(topic, serdes.of(type));
    StoreBuilder<RowStore<V>> store =
        new PlainStoreBuilder<>(
            name,
            Serdes.String(),
            serde,
            () -> new RowStore<>(name, topic.topicName(), serde.deserializer()));
    builder.addGlobalStore(
        store,
        topic.topicName(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name + "-update"),
        () -> new GlobalTableUpdate<>(name, topic, serde.deserializer(), progress));
  }
}
