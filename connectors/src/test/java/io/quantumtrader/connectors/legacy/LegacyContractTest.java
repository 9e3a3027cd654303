package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.avro.AvroConverter;
import io.quantumtrader.connectors.redis.RedisSinkConfig;
import io.quantumtrader.connectors.redis.RedisSinkConnector;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyContractTest {

  private static final SinkSettings SETTINGS =
      SinkSettings.of("redis://localhost:6379", "http://localhost:8081");

  @Test
  void shouldMapExactlyTheTopicsItReads() {
    assertThat(Mapping.parse(LegacyMapping.json()).topics())
        .containsExactlyInAnyOrderElementsOf(
            LegacyContract.TOPICS.stream().map(Topic::topicName).toList());
  }

  @Test
  void shouldConfigureTheSinkForTheOldKeys() {
    // when
    Map<String, String> configuration = LegacyContract.sinkConfiguration(SETTINGS);

    // then: the sink itself takes it
    RedisSinkConfig config = new RedisSinkConfig(configuration);
    assertThat(config.keyPrefix()).isEqualTo("quantum:");
    assertThat(config.expiryReference()).isEqualTo(ExpiryReference.WALL);
    assertThat(config.fenceKey()).isEqualTo("quantum:connect:offset:quantum-redis-sink");
    assertThat(configuration)
        .containsEntry("name", "quantum-redis-sink")
        .containsEntry("tasks.max", "1")
        .containsEntry("value.converter.schema.registry.url", "http://localhost:8081")
        .containsEntry("consumer.override.isolation.level", "read_committed")
        .containsEntry("errors.deadletterqueue.topic.name", "quantum.dlq")
        .containsEntry("errors.retry.timeout", "-1")
        .doesNotContainKey("redis.password");
  }

  @Test
  void shouldServeShadowReplayAndFreshTopics() {
    Map<String, String> configuration =
        LegacyContract.sinkConfiguration(
            SETTINGS
                .withKeyPrefix("quantum:shadow:")
                .withExpiryReference(ExpiryReference.RECORD)
                .withTasks(2)
                .withKafkaCluster("c1"));

    RedisSinkConfig config = new RedisSinkConfig(configuration);
    assertThat(config.expiryReference()).isEqualTo(ExpiryReference.RECORD);
    assertThat(config.fenceKey()).isEqualTo("quantum:shadow:connect:offset:c1:quantum-redis-sink");
    assertThat(configuration).containsEntry("tasks.max", "2");
  }

  @Test
  void shouldShipAConfigurationForAnyWorker() {
    // when
    Map<String, String> shipped = LegacyContract.sinkTemplate();

    // then: secrets and addresses come from the worker's config providers
    assertThat(shipped)
        .containsEntry("name", LegacyContract.CONNECTOR_NAME)
        .containsEntry("connector.class", RedisSinkConnector.class.getName())
        .containsEntry("value.converter", AvroConverter.class.getName())
        .containsEntry("errors.deadletterqueue.topic.name", Topic.DEAD_LETTER.topicName())
        .containsEntry("redis.uri", "${env:QUANTUM_REDIS_URI}")
        .containsEntry("redis.username", "${env:QUANTUM_REDIS_USERNAME}")
        .containsEntry("redis.password", "${env:QUANTUM_REDIS_PASSWORD}")
        .containsEntry("mapping.resource", LegacyContract.MAPPING_RESOURCE);
    assertThat(shipped.get("topics").split(","))
        .containsExactlyElementsOf(LegacyContract.TOPICS.stream().map(Topic::topicName).toList());
  }

  @Test
  void shouldNeedATask() {
    assertThatThrownBy(() -> SETTINGS.withTasks(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tasks must be 1 or more: 0");
  }
}
