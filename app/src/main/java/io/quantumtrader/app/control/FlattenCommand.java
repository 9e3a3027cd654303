package io.quantumtrader.app.control;

import java.util.UUID;
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
      "state. Positions opened afterwards are not affected: to stay flat, set the trading state",
      "too."
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

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason, recorded with the order.")
  private String reason;

  @Mixin private Operator operator = new Operator();

  @Override
  public Integer call() {
    String checked = symbol == null ? "" : operator.symbol(symbol);
    String id = UUID.randomUUID().toString();
    operator.change(
        account,
        operator.reason(reason),
        (change, before) -> change.withClose(before, id, checked));
    return 0;
  }
}
