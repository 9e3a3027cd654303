package io.quantumtrader.topology;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.account.AccountTopology;
import io.quantumtrader.topology.symbol.SymbolTopology;
import io.quantumtrader.topology.universe.UniverseTopology;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The whole pipeline as one topology: one sub-topology for symbols, which knows the market, one for
 * accounts, which knows the money, one that ranks the universe. A function of serdes and partition
 * counts, so that the same code runs in the test driver and in production.
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
    AccountTopology account = new AccountTopology(waiting, counts);
    SymbolTopology symbol = new SymbolTopology(waiting, counts);
    UniverseTopology universe = new UniverseTopology(waiting);
    AccountTopology.Outputs accounts = account.begin(builder);
    KStream<String, MarketState> states =
        symbol.begin(builder, accounts.ledgers(), accounts.exchange());
    universe.begin(builder, states, accounts.clock());
    Topology topology = builder.build(configuration);
    account.complete(topology);
    symbol.complete(topology);
    universe.complete(topology);
    return topology;
  }
}
