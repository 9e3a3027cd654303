package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;

/** Candles to market states and, in the same task, the open positions in the symbol. */
public final class SymbolRoom {

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
    throw new UnsupportedOperationException();
  }
}
