package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Decision;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Candles to market states and, in the same task, the open positions in the symbol:
 *
 * <pre>
 * candles ------------------> market stage ----> states, snapshots, proposals, decisions
 * marks --------------------> mark stage ------> snapshots, proposals, decisions
 * ledger rows, by symbol ---> position stage --> snapshots
 * </pre>
 */
public final class SymbolRoom {

  private static final String[] POSITION_STORES = {
    Names.MARKET_HEAD_STORE, Names.MARK_STORE, Names.OPEN_POSITION_STORE
  };
  private static final String[] PRICE_STORES = {
    Names.MARKET_HEAD_STORE,
    Names.MARKET_CLOSE_STORE,
    Names.MARKET_MINUTE_STORE,
    Names.MARK_STORE,
    Names.OPEN_POSITION_STORE
  };

  private SymbolRoom() {}

  /**
   * Adds the room to the builder.
   *
   * @param ledgers changed ledger rows keyed account:symbol, not yet repartitioned
   * @return each new market state, keyed by symbol
   */
  public static KStream<String, MarketState> add(
      StreamsBuilder builder,
      RecordSerdes serdes,
      PartitionCounts counts,
      KStream<String, PositionLedger> ledgers) {
    SymbolStores.builders(serdes).forEach(builder::addStateStore);
    KStream<String, Output> published =
        candles(builder, serdes)
            .merge(marks(builder, serdes), Named.as(Names.MARKET_PUBLISHED))
            .merge(rows(ledgers, serdes, counts), Named.as(Names.SYMBOL_PUBLISHED));
    KStream<String, MarketState> states =
        published.flatMapValues(
            output -> output instanceof Output.State state ? List.of(state.value()) : List.of(),
            Named.as(Names.MARKET_STATES));
    sink(states, MarketState.class, serdes, Topic.MARKET_STATE, Names.MARKET_STATE_SINK);
    snapshots(published, serdes);
    proposals(published, serdes);
    sink(
        published.flatMapValues(
            output ->
                output instanceof Output.Decided decided ? List.of(decided.value()) : List.of(),
            Named.as("to-" + Names.MARKET_DECISION_SINK)),
        Decision.class,
        serdes,
        Topic.DECISION,
        Names.MARKET_DECISION_SINK);
    return states;
  }

  private static KStream<String, Output> candles(StreamsBuilder builder, RecordSerdes serdes) {
    return builder.stream(
            Topic.CANDLE.topicName(),
            Consumed.with(Serdes.String(), serdes.of(Candle.class)).withName(Names.CANDLE_SOURCE))
        .process(MarketStage::new, Named.as(Names.MARKET_STAGE), PRICE_STORES);
  }

  private static KStream<String, Output> marks(StreamsBuilder builder, RecordSerdes serdes) {
    return builder.stream(
            Topic.MARK.topicName(),
            Consumed.with(Serdes.String(), serdes.of(Candle.class)).withName(Names.MARK_SOURCE))
        .process(MarkStage::new, Named.as(Names.MARK_STAGE), PRICE_STORES);
  }

  /** Rows keep their key and go where the candles of their symbol are. */
  private static KStream<String, Output> rows(
      KStream<String, PositionLedger> ledgers, RecordSerdes serdes, PartitionCounts counts) {
    StreamPartitioner<String, PositionLedger> bySymbol =
        (topic, key, row, count) ->
            Optional.of(Set.of(Accounts.partitionOf(Accounts.symbolOf(key), count)));
    return ledgers
        .repartition(
            Repartitioned.<String, PositionLedger>as(Names.LEDGER_BY_SYMBOL)
                .withKeySerde(Serdes.String())
                .withValueSerde(serdes.of(PositionLedger.class))
                .withNumberOfPartitions(counts.of(PartitionGroup.SYMBOL))
                .withStreamPartitioner(bySymbol))
        .process(PositionStage::new, Named.as(Names.POSITION_STAGE), POSITION_STORES);
  }

  private static <V extends SpecificRecord> void sink(
      KStream<String, V> records, Class<V> type, RecordSerdes serdes, Topic topic, String name) {
    records.to(topic.topicName(), Produced.with(Serdes.String(), serdes.of(type)).withName(name));
  }

  /** What is about a position belongs to its account, so it lies in the account's partition. */
  private static <V extends SpecificRecord> void accountSink(
      KStream<String, V> records, Class<V> type, RecordSerdes serdes, Topic topic, String name) {
    StreamPartitioner<String, V> byAccount =
        (to, key, value, count) ->
            Optional.of(Set.of(Accounts.partitionOf(Accounts.accountOf(key), count)));
    records.to(
        topic.topicName(),
        Produced.with(Serdes.String(), serdes.of(type))
            .withName(name)
            .withStreamPartitioner(byAccount));
  }

  private static void snapshots(KStream<String, Output> published, RecordSerdes serdes) {
    accountSink(
        published.flatMapValues(
            output ->
                output instanceof Output.Valued valued
                    ? Collections.singletonList(valued.value().orElse(null))
                    : List.<PositionSnapshot>of(),
            Named.as("to-" + Names.POSITION_SNAPSHOT_SINK)),
        PositionSnapshot.class,
        serdes,
        Topic.POSITION_SNAPSHOT,
        Names.POSITION_SNAPSHOT_SINK);
  }

  private static void proposals(KStream<String, Output> published, RecordSerdes serdes) {
    accountSink(
        published.flatMapValues(
            output ->
                output instanceof Output.Proposed proposed
                    ? Collections.singletonList(proposed.value().orElse(null))
                    : List.<HarvestProposal>of(),
            Named.as("to-" + Names.HARVEST_PROPOSAL_SINK)),
        HarvestProposal.class,
        serdes,
        Topic.HARVEST_PROPOSAL,
        Names.HARVEST_PROPOSAL_SINK);
  }
}
