package io.quantumtrader.app.parts;

import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How many partitions topics get that do not exist yet. */
public final class PartitionOptions {

  @Option(
      names = "--account-partitions",
      paramLabel = "N",
      description =
          "Partitions of topics keyed by account, 1 or more; accounts in different partitions are"
              + " decided side by side. Chosen once. Default: 3, or as it is.")
  private Integer account;

  @Option(
      names = "--symbol-partitions",
      paramLabel = "N",
      description =
          "Partitions of topics keyed by symbol, 1 or more. Chosen once. Default: 4, or as it is.")
  private Integer symbol;

  /** Creates them; picocli sets what is given. */
  public PartitionOptions() {}

  /**
   * Returns the counts to register with.
   *
   * @param found those of the topics that exist
   * @throws IllegalArgumentException if a count is below 1, or if topics exist that have another
   */
  public PartitionCounts counts(BrokerCounts found) {
    check();
    return found.wanting(optional(symbol), optional(account));
  }

  /**
   * Checks the numbers alone.
   *
   * @throws IllegalArgumentException if a count is below 1 or above 1000
   */
  public void check() {
    check("--account-partitions", account);
    check("--symbol-partitions", symbol);
  }

  private static void check(String option, Integer count) {
    if (count != null && (count < 1 || count > 1000)) {
      throw new IllegalArgumentException(option + " must be 1 to 1000, not " + count);
    }
  }

  private static OptionalInt optional(Integer count) {
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
