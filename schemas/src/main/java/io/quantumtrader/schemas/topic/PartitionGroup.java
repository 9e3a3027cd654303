package io.quantumtrader.schemas.topic;

/** Topics of one group have the same partition count and the same partitioning rule. */
public enum PartitionGroup {
  /** Keyed by symbol; Kafka's default partitioning of the key. */
  SYMBOL,
  /** Keyed by account, account:symbol or partition number; partitioned by the account alone. */
  ACCOUNT,
  /** Small tables and dead letters: one partition. */
  SINGLE
}
