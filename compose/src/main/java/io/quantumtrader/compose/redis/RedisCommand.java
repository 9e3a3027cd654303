package io.quantumtrader.compose.redis;

import io.quantumtrader.app.cli.ContributedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator does with the Redis that the sink writes. */
@Command(
    name = "redis",
    mixinStandardHelpOptions = true,
    description = "Work on the Redis that the sink writes.",
    subcommands = {CompareCommand.class, RebuildCommand.class})
public final class RedisCommand implements Runnable, ContributedCommand {

  @Spec private CommandSpec spec;

  /** Creates it; the service loader and picocli do. */
  public RedisCommand() {}

  @Override
  public Object command() {
    return this;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: redis compare or redis rebuild");
  }
}
