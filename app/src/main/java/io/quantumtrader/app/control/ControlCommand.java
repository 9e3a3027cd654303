package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.TradingState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets an operator restrict trading and order closes, as records on the control topic. */
@Command(
    name = "control",
    mixinStandardHelpOptions = true,
    description = {
      "Set or show trading states, lock symbols, and order positions to be closed, an account to",
      "be reduced or a stop to be tightened."
    },
    subcommands = {
      ControlCommand.State.class,
      ControlCommand.Show.class,
      ControlCommand.Close.class,
      ReduceCommand.class,
      StopCommand.class,
      LockCommand.class,
      UnlockCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum control state HALTED --reason maintenance",
      "  ./quantum control show",
      "  ./quantum control close BTCUSDT --reason news",
      "  ./quantum control reduce --to-exposure 60%% --reason \"before the weekend\"",
      "  ./quantum control lock BTCUSDT --entries --until 8h --reason news",
    })
public final class ControlCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name a subcommand: state, show, close, reduce, stop, lock or unlock");
  }

  /** The trading states that can be set. */
  private enum Settable {
    ACTIVE,
    REDUCING,
    HALTED
  }

  /** Sets a trading state. */
  @Command(
      name = "state",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Set the trading state. ACTIVE: everything. REDUCING: closes only. HALTED: only stops,",
        "targets, manual closes and the liquidation guard. Of the state for all accounts and the",
        "account's own, the stricter applies. Says when the stages have taken it; exit code 1",
        "if they have not in time. With --bootstrap-servers a decision has to show it, and in a",
        "quiet market there may be none."
      },
      footer = {"", "Example:", "  ./quantum control state REDUCING --account main --reason news"})
  static final class State implements Callable<Integer> {

    @Parameters(paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}.")
    private Settable state;

    @Option(
        names = "--account",
        paramLabel = "NAME",
        description = "Account to set it for. Default: all accounts.")
    private String account;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private StateOrder order = new StateOrder();

    @Override
    public Integer call() throws InterruptedException {
      return order.set(account, reason, TradingState.valueOf(state.name()));
    }
  }

  /** Shows the control records. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Show the control records: trading states, locks and orders for all accounts, and those of"
              + " each account with its own.",
      footer = {"", "Example:", "  ./quantum control show --json"})
  static final class Show implements Callable<Integer> {

    @Mixin private Operator operator = new Operator();

    @Override
    public Integer call() {
      operator.show();
      return 0;
    }
  }

  /** Orders the positions in one symbol to be closed. */
  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Close the open position in a symbol, whatever the trading state, and say what came of",
        "it. Exit code 1 if nothing is open in it, or if it is not closed in time."
      },
      footer = {"", "Example:", "  ./quantum control close BTCUSDT --account main --reason news"})
  static final class Close implements Callable<Integer> {

    @Parameters(paramLabel = "SYMBOL", description = "Instrument, for example BTCUSDT.")
    private String symbol;

    @Option(
        names = "--account",
        paramLabel = "NAME",
        description = "Account whose position to close. Default: all accounts.")
    private String account;

    @Mixin private CloseOrder order = new CloseOrder();

    @Override
    public Integer call() {
      return order.close(account, symbol);
    }
  }
}
