package io.quantumtrader.app.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a lock off a symbol. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take the lock off a symbol, or of one that locks both, the part that is named. A lock for",
      "all accounts is taken off without --account. Exit code 1 if there is no such lock."
    },
    footer = {"", "Example:", "  ./quantum control unlock BTCUSDT --exits"})
final class UnlockCommand implements Callable<Integer> {

  @Mixin private LockOrder order = new LockOrder();

  @Override
  public Integer call() throws InterruptedException {
    return order.unlock();
  }
}
