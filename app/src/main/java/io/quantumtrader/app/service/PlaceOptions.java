package io.quantumtrader.app.service;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import picocli.CommandLine.Option;

/** Where a service finds broker and registry. */
final class PlaceOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "Kafka. Default: localhost:9092.")
  private String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080/apis/ccompat/v7",
      description =
          "Schema Registry (Confluent's REST API). Default: http://localhost:8080/apis/ccompat/v7.")
  private String schemaRegistry;

  Endpoints endpoints() {
    return new Endpoints(bootstrapServers, schemaRegistry);
  }

  PipelineParts parts() {
    return new PipelineParts(endpoints(), PartitionCounts.DEFAULT);
  }
}
