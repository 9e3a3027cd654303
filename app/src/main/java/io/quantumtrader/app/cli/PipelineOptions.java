package io.quantumtrader.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which pipeline a command is for: that of the running quantum up, or one at given addresses. */
public final class PipelineOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka bootstrap servers of the pipeline. Default: those of the running quantum up.")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "URL of its Schema Registry (Confluent's REST API). Default: that of the"
              + " running quantum up.")
  private String schemaRegistry;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Creates them; picocli sets what is given. */
  public PipelineOptions() {}

  /**
   * Returns where the pipeline is.
   *
   * @throws ParameterException if one of both addresses is given without the other
   * @throws CommandFailure if none is given and no quantum up of this user is running
   */
  public RunningPipeline pipeline() {
    if ((bootstrapServers == null) != (schemaRegistry == null)) {
      throw new ParameterException(
          spec.commandLine(), "give both --bootstrap-servers and --schema-registry, or neither");
    }
    return bootstrapServers == null
        ? RunningPipeline.find(RunningPipeline.file()).orElseThrow(PipelineOptions::notRunning)
        : RunningPipeline.ofThisProcess(bootstrapServers, schemaRegistry);
  }

  private static CommandFailure notRunning() {
    return new CommandFailure(
        "you have no quantum up running; start one, or give --bootstrap-servers and"
            + " --schema-registry");
  }
}
