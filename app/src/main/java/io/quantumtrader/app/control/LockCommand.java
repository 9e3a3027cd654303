package io.quantumtrader.app.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a symbol out of entries, or of harvesting. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take a symbol out of entries, of harvesting, or of both. Under a lock of exits nothing that",
      "harvest proposes is done: no full or partial close, no moved stop. Stops and targets that",
      "are hit, manual closes, the liquidation guard and closes by intent pass under each lock.",
      "The locks for all accounts and the account's own apply. Says when the stages have taken it;",
      "exit code 1 if they have not in time."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum control lock BTCUSDT --entries --until 8h --reason \"rate decision\"",
      "  ./quantum control lock ETHUSDT --account main --reason \"held by hand\""
    })
final class LockCommand implements Callable<Integer> {

  @Option(
      names = "--until",
      paramLabel = "TIME|DURATION",
      description =
          "When it ends on the pipeline's clock: " + Until.RULE + ". Default: when it is unlocked.")
  private String until;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, recorded with the lock.")
  private String reason;

  @Mixin private LockOrder order = new LockOrder();

  @Override
  public Integer call() throws InterruptedException {
    return order.lock(until, reason);
  }
}
