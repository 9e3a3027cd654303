package io.quantumtrader.topology;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.account.AccountRoom;
import io.quantumtrader.topology.symbol.SymbolRoom;
import io.quantumtrader.topology.universe.UniverseRoom;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The whole pipeline as one topology: symbol rooms know the market, account rooms know the money,
 * one room ranks the universe. A function of serdes and partition counts, so that the same code
 * runs in the test driver and in production.
 */
public final class QuantumTopology {

  private QuantumTopology() {}

  /**
   * Builds the topology.
   *
   * @param serdes value serdes
   * @param counts partition counts; repartition topics get theirs from here
   * @param configuration Streams configuration
   */
  public static Topology build(
      RecordSerdes serdes, PartitionCounts counts, Properties configuration) {
    // The wrapper that measures is taken from here, and from nowhere else.
    StreamsBuilder builder =
        new StreamsBuilder(new TopologyConfig(new StreamsConfig(configuration)));
    // The tables wait for the registry by themselves, and without end.
    GlobalTables.add(builder, serdes, GlobalTableProgress.in(configuration));
    RecordSerdes waiting =
        configuration.get(RegistryPatience.SETTING) instanceof RegistryPatience patience
            ? serdes.waitingWith(patience)
            : serdes;
    AccountRoom.Doors account = AccountRoom.add(builder, waiting, counts);
    KStream<String, MarketState> states =
        SymbolRoom.add(builder, waiting, counts, account.ledgers());
    UniverseRoom.add(builder, waiting, states, account.clock());
    return builder.build(configuration);
  }
}
