package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.PartitionCounts;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;

/** Everything that decides about an account, in one sub-topology over one set of stores. */
public final class AccountRoom {

  /**
   * What leaves the room for other rooms.
   *
   * @param ledgers each changed ledger row, keyed account:symbol
   * @param clock each step of the clock of account partition 0, keyed "0"
   */
  public record Doors(KStream<String, PositionLedger> ledgers, KStream<String, Clock> clock) {}

  private AccountRoom() {}

  /** Adds the room to the builder. */
  public static Doors add(StreamsBuilder builder, RecordSerdes serdes, PartitionCounts counts) {
    throw new UnsupportedOperationException();
  }
}
