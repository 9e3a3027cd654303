package io.quantumtrader.topology.universe;

import static io.quantumtrader.topology.Wiring.BY_KEY;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.Wiring;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * One task: market states to the ranked list of what may be opened.
 *
 * <pre>
 * market states ------> universe states
 * clock --------------> universe ranking ---> lists, decisions
 * </pre>
 */
public final class UniverseTopology {

  private final RecordSerdes serdes;

  /** Creates the sub-topology of the universe. */
  public UniverseTopology(RecordSerdes serdes) {
    this.serdes = serdes;
  }

  /**
   * Adds the stores and the ways in.
   *
   * @param states market states keyed by symbol, not yet repartitioned
   * @param clock the clock of account partition 0, not yet repartitioned
   */
  public void begin(
      StreamsBuilder builder, KStream<String, MarketState> states, KStream<String, Clock> clock) {
    builder.addStateStore(store(Names.UNIVERSE_STATE_STORE, serdes.of(MarketState.class)));
    builder.addStateStore(store(Names.UNIVERSE_STORE, serdes.of(Universe.class)));
    builder.addStateStore(store(Names.UNIVERSE_BEGIN_STORE, Serdes.Long()));
    var unusedStates =
        states.repartition(oneTask(Names.UNIVERSE_STATE, serdes.of(MarketState.class)));
    var unusedClock = clock.repartition(oneTask(Names.UNIVERSE_CLOCK, serdes.of(Clock.class)));
  }

  /** Joins the stages and the sinks to what was begun. */
  public void complete(Topology topology) {
    Wiring universe = new Wiring(topology, serdes);
    universe.stage(
        Names.UNIVERSE_STATES,
        UniverseStates::new,
        new String[] {Names.UNIVERSE_STATE_STORE},
        Names.UNIVERSE_STATE_SOURCE);
    universe.stage(
        Names.UNIVERSE_RANKING,
        UniverseStage::new,
        new String[] {Names.UNIVERSE_STATE_STORE, Names.UNIVERSE_STORE, Names.UNIVERSE_BEGIN_STORE},
        Names.UNIVERSE_CLOCK_SOURCE);
    universe.sink(
        Names.UNIVERSE_SINK, Topic.UNIVERSE, Universe.class, BY_KEY, Names.UNIVERSE_RANKING);
    universe.sink(
        Names.UNIVERSE_DECISION_SINK,
        Topic.DECISION,
        Decision.class,
        BY_KEY,
        Names.UNIVERSE_RANKING);
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> serde) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), serde);
  }

  private static <V> Repartitioned<String, V> oneTask(String name, Serde<V> serde) {
    return Repartitioned.<String, V>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(serde)
        .withNumberOfPartitions(1);
  }
}
