package io.quantumtrader.schemas.topic;

/**
 * How many partitions the topics of each group have.
 *
 * @param symbol partitions of symbol-keyed topics, 1 or more
 * @param account partitions of account-keyed topics, 1 or more
 */
public record PartitionCounts(int symbol, int account) {

  /** Small enough for one machine, more than one so that nothing relies on a single partition. */
  public static final PartitionCounts DEFAULT = new PartitionCounts(4, 3);

  public PartitionCounts {
    if (symbol < 1 || account < 1) {
      throw new IllegalArgumentException(
          "partition counts must be 1 or more: symbol=" + symbol + ", account=" + account);
    }
  }

  /** Returns the partition count of a group. */
  public int of(PartitionGroup group) {
    return switch (group) {
      case SYMBOL -> symbol;
      case ACCOUNT -> account;
      case SINGLE -> 1;
    };
  }
}
