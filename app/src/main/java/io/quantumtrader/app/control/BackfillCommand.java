package io.quantumtrader.app.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills in what the pipeline could not know when a position came in. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Fill in what was not known when positions were adopted.",
    subcommands = RiskBackfillCommand.class,
    footer = {"", "Example:", "  ./quantum backfill risk --account main"})
public final class BackfillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name what to backfill: risk");
  }
}
