package io.quantumtrader.topology.symbol;

import static io.quantumtrader.topology.Wiring.BY_ACCOUNT;
import static io.quantumtrader.topology.Wiring.BY_KEY;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.Wiring;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Candles to market states and, in the same task, the open positions in the symbol:
 *
 * <pre>
 * candles ------------------> market stage ----> states, snapshots, proposals, decisions
 * marks --------------------> mark stage ------> snapshots, proposals, decisions
 * ledger rows, by symbol ---> position stage --> snapshots, proposals that end
 * the exchange's view of positions, by symbol ---> rows, shown in snapshots
 * </pre>
 */
public final class SymbolTopology {

  private final RecordSerdes serdes;
  private final PartitionCounts counts;

  /** Creates the sub-topology of symbols. */
  public SymbolTopology(RecordSerdes serdes, PartitionCounts counts) {
    this.serdes = serdes;
    this.counts = counts;
  }

  /**
   * Adds the stage that another sub-topology hears, the stores, and the ways in from the accounts.
   * Rows keep their key and go where the candles of their symbol are.
   *
   * @param ledgers changed ledger rows keyed account:symbol, not yet repartitioned
   * @param exchange what exchanges say anew of positions, keyed account:symbol, likewise
   * @return each new market state, keyed by symbol
   */
  public KStream<String, MarketState> begin(
      StreamsBuilder builder,
      KStream<String, PositionLedger> ledgers,
      KStream<String, ExchangeView> exchange) {
    SymbolStores.builders(serdes).forEach(builder::addStateStore);
    var unusedLedgers = ledgers.repartition(bySymbol(Names.LEDGER_BY_SYMBOL, PositionLedger.class));
    var unusedViews = exchange.repartition(bySymbol(Names.EXCHANGE_BY_SYMBOL, ExchangeView.class));
    return Wiring.only(
        Wiring.begin(
            builder,
            serdes,
            new Wiring.Begun<>(Names.CANDLE_SOURCE, Topic.CANDLE, Candle.class, Names.MARKET_STAGE),
            MarketStage::new,
            SymbolStores.NAMES));
  }

  private <V extends SpecificRecord> Repartitioned<String, V> bySymbol(String name, Class<V> type) {
    return Repartitioned.<String, V>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(serdes.of(type))
        .withNumberOfPartitions(counts.of(PartitionGroup.SYMBOL))
        .withStreamPartitioner(
            (topic, key, row, count) ->
                Optional.of(Set.of(Accounts.partitionOf(Accounts.symbolOf(key), count))));
  }

  /** Joins the other stages and the sinks to what was begun. */
  public void complete(Topology topology) {
    Wiring symbol = new Wiring(topology, serdes);
    symbol.source(Names.MARK_SOURCE, Topic.MARK, Candle.class);
    symbol.stage(Names.MARK_STAGE, MarkStage::new, SymbolStores.NAMES, Names.MARK_SOURCE);
    symbol.stage(
        Names.POSITION_STAGE,
        PositionStage::new,
        SymbolStores.NAMES,
        Names.LEDGER_BY_SYMBOL_SOURCE);
    symbol.stage(
        Names.EXCHANGE_VIEW_ROWS,
        ExchangeViewRows::new,
        SymbolStores.NAMES,
        Names.EXCHANGE_BY_SYMBOL_SOURCE);

    symbol.sink(
        Names.MARKET_STATE_SINK, Topic.MARKET_STATE, MarketState.class, BY_KEY, Names.MARKET_STAGE);
    symbol.sink(
        Names.POSITION_SNAPSHOT_SINK,
        Topic.POSITION_SNAPSHOT,
        PositionSnapshot.class,
        BY_ACCOUNT,
        Names.MARKET_STAGE,
        Names.MARK_STAGE,
        Names.POSITION_STAGE);
    symbol.sink(
        Names.HARVEST_PROPOSAL_SINK,
        Topic.HARVEST_PROPOSAL,
        HarvestProposal.class,
        BY_ACCOUNT,
        Names.MARKET_STAGE,
        Names.MARK_STAGE,
        Names.POSITION_STAGE);
    symbol.sink(
        Names.MARKET_DECISION_SINK,
        Topic.DECISION,
        Decision.class,
        BY_KEY,
        Names.MARKET_STAGE,
        Names.MARK_STAGE);
  }
}
