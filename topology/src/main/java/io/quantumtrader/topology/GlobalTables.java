package io.quantumtrader.topology;

import io.quantumtrader.schemas.serde.RecordSerdes;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * The tables every room may look into: market state, instrument, universe, policy and control. They
 * are not synchronised with the streams, so each decision records the rows it saw and their ages.
 */
public final class GlobalTables {

  private GlobalTables() {}

  /** Adds the tables to the builder. */
  public static void add(StreamsBuilder builder, RecordSerdes serdes) {
    throw new UnsupportedOperationException();
  }
}
