package io.quantumtrader.app.control;

import io.quantumtrader.app.parts.ExchangeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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
      "flat, set the trading state too. Exit code 1 if a position is not closed in time.",
      "",
      "--direct works without the pipeline: it asks the exchange what is open and closes it with",
      "reduce-only market orders. The executor books them when it is back."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum flatten --account main --reason \"end of the test\"",
      "  ./quantum flatten --direct --exchange demo --account main"
    })
public final class FlattenCommand implements Callable<Integer> {

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account to flatten. Default: all accounts; with --direct, main.")
  private String account;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "Symbol to flatten. Default: all symbols.")
  private String symbol;

  @Option(
      names = "--direct",
      description = "Ask and order at the exchange itself; nothing else has to run.")
  private boolean direct;

  @Mixin private CloseOrder order = new CloseOrder();

  @ArgGroup(exclusive = false, heading = "%nExchange, for --direct:%n")
  private ExchangeOptions exchange = new ExchangeOptions();

  @Override
  public Integer call() throws InterruptedException {
    return direct
        ? new DirectFlattenOrder(exchange, order.operator()).flatten(account, symbol)
        : order.flatten(account, symbol);
  }
}
