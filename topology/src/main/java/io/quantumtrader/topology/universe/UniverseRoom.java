package io.quantumtrader.topology.universe;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;

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
    throw new UnsupportedOperationException();
  }
}
