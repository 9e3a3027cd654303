package io.quantumtrader.app.testing;

import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A broker with all topics, the default policy among what lies there, and a registry in memory. */
public final class RegisteredBroker implements AutoCloseable {

  private final TestBroker broker = TestBroker.start();
  private final Map<String, Object> client =
      Map.of(
          "bootstrap.servers",
          broker.bootstrapServers(),
          "schema.registry.url",
          "mock://" + UUID.randomUUID());
  private final RecordSerdes serdes = new RecordSerdes(client);

  private RegisteredBroker() {}

  /** Starts one. */
  public static RegisteredBroker start() {
    RegisteredBroker started = new RegisteredBroker();
    new Registration(
            started.client,
            new TopicSettings(PartitionCounts.DEFAULT, (short) 1, Map.of("retention.ms", "-1")),
            Duration.ofSeconds(60))
        .run(1);
    return started;
  }

  /** Returns the configuration of clients. */
  public Map<String, Object> client() {
    return client;
  }

  /** Returns the serdes of what lies there. */
  public RecordSerdes serdes() {
    return serdes;
  }

  @Override
  public void close() {
    serdes.close();
    broker.close();
  }
}
