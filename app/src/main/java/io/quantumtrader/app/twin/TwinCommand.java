package io.quantumtrader.app.twin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the twin of the exchange to the exchange. */
@Command(
    name = "twin",
    mixinStandardHelpOptions = true,
    description = "Hold the twin of the exchange to what the exchange did.",
    subcommands = TwinCompareCommand.class,
    footer = {"", "Example:", "  ./quantum twin compare session.jsonl"})
public final class TwinCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name what to do: compare");
  }
}
