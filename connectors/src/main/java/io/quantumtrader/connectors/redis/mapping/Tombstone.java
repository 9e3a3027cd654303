package io.quantumtrader.connectors.redis.mapping;

import java.util.List;

/** What a record without a value does. */
sealed interface Tombstone {

  /** It runs these commands; by default it deletes the keys that the record's value wrote. */
  record Run(List<CommandSpec> commands) implements Tombstone {}

  /** It is skipped. */
  record Ignore() implements Tombstone {}

  /** It is a bad record. */
  record Reject() implements Tombstone {}
}
