package io.quantumtrader.app.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Orders everything that is open to be closed. */
@Command(
    name = "flatten",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Close every open position, or those of one account or symbol, whatever the trading",
      "state, and say what came of each. Positions opened afterwards are not affected: to stay",
      "flat, set the trading state too. Exit code 1 if a position is not closed in time."
    },
    footer = {"", "Example:", "  ./quantum flatten --account main --reason \"end of the test\""})
public final class FlattenCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to flatten. Default: all accounts.")
  private String account;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "Symbol to flatten. Default: all symbols.")
  private String symbol;

  @Mixin private CloseOrder order = new CloseOrder();

  @Override
  public Integer call() {
    return order.flatten(account, symbol);
  }
}
