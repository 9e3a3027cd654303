package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.ClientOptions;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a service finds broker and registry, and how it gets in. */
final class PlaceOptions {

  private static final String BROKER = "localhost:9092";
  private static final String REGISTRY = "http://localhost:8080/apis/ccompat/v7";
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka. Default: that of --config, else " + BROKER + ".")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "Schema Registry (Confluent's REST API). Default: that of --config, else "
              + REGISTRY
              + ".")
  private String schemaRegistry;

  @Mixin private ClientOptions client = new ClientOptions();

  private Endpoints endpoints;

  /**
   * Returns where they are.
   *
   * @throws CommandFailure if the settings cannot be read
   */
  Endpoints endpoints() {
    if (endpoints == null) {
      ClientConfig config = client.config();
      endpoints =
          new Endpoints(
              Optional.ofNullable(bootstrapServers).or(config::bootstrapServers).orElse(BROKER),
              Optional.ofNullable(schemaRegistry).or(config::registryUrl).orElse(REGISTRY),
              config);
    }
    return endpoints;
  }

  /**
   * Returns the parts for the topics as they are.
   *
   * @throws CommandFailure if the broker does not answer, or if they are not registered
   */
  PipelineParts parts() {
    return new PipelineParts(endpoints(), counts());
  }

  /**
   * Returns the partition counts of the topics as they are.
   *
   * @throws CommandFailure if the broker does not answer, or if they are not registered
   */
  PartitionCounts counts() {
    return ask(BrokerCounts::all);
  }

  /** Returns what is made of the broker's partition counts. */
  <T> T ask(Function<BrokerCounts, T> question) {
    try (Admin admin = Admin.create(endpoints().kafka())) {
      return question.apply(BrokerCounts.of(admin, ANSWERS_WITHIN));
    } catch (KafkaException e) {
      throw new CommandFailure(
          "Kafka at %s does not say how many partitions there are: %s"
              .formatted(endpoints().bootstrapServers(), e.getMessage()),
          e);
    }
  }
}
