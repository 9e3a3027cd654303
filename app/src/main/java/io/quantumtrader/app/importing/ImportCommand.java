package io.quantumtrader.app.importing;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes over, once, what the old system holds. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Take over the old system's positions, once.",
    subcommands = ImportRedisCommand.class,
    footer = {
      "",
      "Example:",
      "  ./quantum import redis --redis redis://127.0.0.1:6379 --dry-run",
    })
public final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name a source: redis");
  }
}
