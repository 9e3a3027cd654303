package io.quantumtrader.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which pipeline a command is for: that of a running quantum up, or one at given addresses. */
public final class PipelineOptions {

  @Mixin private PipelineChoice choice = new PipelineChoice();

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka bootstrap servers of a pipeline that no quantum up of yours runs. Default: those"
              + " of the running quantum up.")
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
   * @throws ParameterException if one of both addresses is given without the other, or beside a
   *     name
   * @throws CommandFailure if none is given and no quantum up of this user is running, or several
   *     are
   */
  public RunningPipeline pipeline() {
    ClientConfig config = client.config();
    if (choice.isGiven() && (bootstrapServers != null || schemaRegistry != null)) {
      throw new ParameterException(
          spec.commandLine(), "give either --pipeline or --bootstrap-servers, not both");
    }
    Optional<String> broker = given(bootstrapServers, config.bootstrapServers());
    Optional<String> registry = given(schemaRegistry, config.registryUrl());
    if (choice.isGiven() || (broker.isEmpty() && registry.isEmpty())) {
      RunningPipeline chosen =
          choice.choose("start one, or give --bootstrap-servers and --schema-registry");
      return chosen.with(client.configOr(chosen.config().file()));
    }
    if (broker.isEmpty() || registry.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give both --bootstrap-servers and --schema-registry, or neither");
    }
    return at(broker.get(), registry.get(), config);
  }

  /**
   * Returns the settings as given, for servers that are none of the pipeline's.
   *
   * @throws CommandFailure if they cannot be read
   */
  public ClientConfig config() {
    return client.config();
  }

  private static Optional<String> given(String option, Optional<String> setting) {
    return Optional.ofNullable(option).or(() -> setting);
  }

  /** One that is given by addresses may be one that is known here, with all that it says. */
  private static RunningPipeline at(String broker, String registry, ClientConfig config) {
    List<RunningPipeline> known =
        RunningPipelines.ofThisUser().list().stream()
            .filter(each -> each.bootstrapServers().equals(broker))
            .filter(each -> each.registryUrl().equals(registry))
            .toList();
    return known.size() == 1
        ? known.getFirst().with(config)
        : RunningPipeline.at(broker, registry, config);
  }
}
