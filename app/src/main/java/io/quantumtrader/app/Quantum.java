package io.quantumtrader.app;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.PipelinesCommand;
import io.quantumtrader.app.cli.WholeWordsHelp;
import io.quantumtrader.app.control.ApprovalsCommand;
import io.quantumtrader.app.control.BackfillCommand;
import io.quantumtrader.app.control.ControlCommand;
import io.quantumtrader.app.control.FlattenCommand;
import io.quantumtrader.app.control.IntentCommand;
import io.quantumtrader.app.importing.ImportCommand;
import io.quantumtrader.app.letters.DeadLettersCommand;
import io.quantumtrader.app.policy.PolicyCommand;
import io.quantumtrader.app.replay.HashCommand;
import io.quantumtrader.app.replay.RecordCommand;
import io.quantumtrader.app.replay.ReplayCommand;
import io.quantumtrader.app.replay.SimulateCommand;
import io.quantumtrader.app.schemas.SchemasCommand;
import io.quantumtrader.app.service.ServiceCommand;
import io.quantumtrader.app.topology.TopologyCommand;
import io.quantumtrader.app.twin.TwinCommand;
import io.quantumtrader.app.watch.BundleCommand;
import io.quantumtrader.app.watch.DecisionsCommand;
import io.quantumtrader.app.watch.FunnelCommand;
import io.quantumtrader.app.watch.HealthCommand;
import io.quantumtrader.app.watch.PositionsCommand;
import io.quantumtrader.app.watch.StatusCommand;
import io.quantumtrader.app.watch.SummaryCommand;
import io.quantumtrader.app.watch.TopCommand;
import io.quantumtrader.app.watch.TradesCommand;
import io.quantumtrader.app.watch.WhyCommand;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The `quantum` command: data on standard output, talk on standard error. */
@Command(
    name = "quantum",
    mixinStandardHelpOptions = true,
    version = "quantum 0.1.0",
    description = "The trade-decision pipeline of a crypto-futures trader on Kafka Streams.",
    subcommands = {
      ServiceCommand.class,
      ControlCommand.class,
      FlattenCommand.class,
      IntentCommand.class,
      ApprovalsCommand.class,
      DeadLettersCommand.class,
      PipelinesCommand.class,
      StatusCommand.class,
      TopCommand.class,
      PositionsCommand.class,
      TradesCommand.class,
      DecisionsCommand.class,
      FunnelCommand.class,
      WhyCommand.class,
      HealthCommand.class,
      SummaryCommand.class,
      BundleCommand.class,
      BackfillCommand.class,
      PolicyCommand.class,
      SchemasCommand.class,
      TopologyCommand.class,
      TwinCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      HashCommand.class,
      SimulateCommand.class,
      ImportCommand.class,
      KernelCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum up",
      "  ./quantum up --candles examples/candles --speed max --until-drained",
      "  ./quantum intent BTCUSDT BUY 300 --leverage 2",
      "  ./quantum status",
      "  ./quantum why --last",
      "  ./quantum control state REDUCING --reason news",
    })
public final class Quantum {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean stacktrace;

  private Quantum() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    // Threads of a broker or of Streams would keep the process alive after a failure.
    System.exit(code);
  }

  /** Returns the command line, ready to execute; used by main and by tests. */
  public static CommandLine commandLine() {
    Quantum quantum = new Quantum();
    CommandLine all = new CommandLine(quantum);
    ServiceLoader.load(ContributedCommand.class).stream()
        .map(contributed -> new CommandLine(contributed.get().command()))
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(all::addSubcommand);
    WholeWordsHelp.addTo(all);
    return all.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Quantum::explainUsage)
        .setExecutionExceptionHandler((failure, line, result) -> quantum.explain(failure, line));
  }

  private static int explainUsage(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(
        line.getCommandSpec().qualifiedName(" ")
            + ": "
            + failure.getMessage()
            + " (see "
            + line.getCommandSpec().qualifiedName(" ")
            + " --help)");
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private int explain(Exception failure, CommandLine line) {
    PrintWriter err = line.getErr();
    String name = line.getCommandSpec().qualifiedName(" ");
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    if (failure instanceof CommandFailure known) {
      err.println(name + ": " + known.getMessage());
      return known.exitCode();
    }
    err.println(name + ": " + failure + " (run again with --stacktrace to see where)");
    return line.getCommandSpec().exitCodeOnExecutionException();
  }
}
