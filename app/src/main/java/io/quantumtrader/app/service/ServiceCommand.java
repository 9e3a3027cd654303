package io.quantumtrader.app.service;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts one part of the pipeline as a process of its own. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    description = {
      "Start one part of the pipeline as its own process, as the containers do. Each option of",
      "a service can also be set in the environment: --state-dir as QUANTUM_STATE_DIR. SIGTERM",
      "stops a service cleanly."
    },
    subcommands = {
      RegisterCommand.class,
      ConnectorsCommand.class,
      StagesCommand.class,
      ExecutorCommand.class,
      AgentCommand.class,
      FeedCommand.class,
      ConsoleCommand.class,
      ExchangeTwinCommand.class,
      PreflightCommand.class,
      AlertingCommand.class
    },
    footer = {
      "",
      "Example, one after the other:",
      "  ./quantum service register --bootstrap-servers kafka:9092",
      "  ./quantum service stages --bootstrap-servers kafka:9092 --state-dir /var/lib/quantum",
    })
public final class ServiceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name the service");
  }
}
