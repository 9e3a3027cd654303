package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.ClientConfig.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientConfigReaderTest {

  @TempDir Path directory;

  @Test
  void shouldGiveEachClientWhatIsItsOwn() throws IOException {
    ClientConfig config =
        read(
            """
            bootstrap.servers=kafka:9093
            security.protocol=SASL_SSL
            ssl.truststore.location=/kafka.p12
            consumer.fetch.min.bytes=2
            client.id=desk
            schema.registry.url=https://registry:8081
            schema.registry.ssl.truststore.location=/registry.p12
            basic.auth.user.info=me:secret
            redis.username=quantum
            redis.ssl.truststore.location=/redis.p12
            """,
            Map.of());

    assertThat(config.kafka())
        .containsOnlyKeys(
            "bootstrap.servers",
            "security.protocol",
            "ssl.truststore.location",
            "consumer.fetch.min.bytes",
            "client.id");
    assertThat(config.registry())
        .containsEntry("schema.registry.ssl.truststore.location", "/registry.p12")
        .containsEntry("basic.auth.user.info", "me:secret")
        .hasSize(3);
    assertThat(config.redis())
        .containsEntry("redis.username", "quantum")
        .containsEntry("redis.ssl.truststore.location", "/redis.p12")
        .hasSize(2);
    assertThat(config.kafkaAt("other:1"))
        .containsEntry("bootstrap.servers", "other:1")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(config.registryAt("http://other"))
        .containsEntry("schema.registry.url", "http://other")
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("auto.register.schemas", "false");
  }

  @Test
  void shouldTakeTheEnvironmentBeforeTheFile() throws IOException {
    ClientConfig config =
        read(
            "sasl.mechanism=PLAIN\nredis.password=old",
            Map.of(
                "QUANTUM_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                "QUANTUM_KAFKA_SASL_JAAS_CONFIG", " jaas ",
                "QUANTUM_KAFKA_SSL_KEY_PASSWORD", "  ",
                "QUANTUM_REGISTRY_BASIC_AUTH_USER_INFO", "me:new",
                "QUANTUM_REGISTRY_SSL_TRUSTSTORE_LOCATION", "/r.p12",
                "QUANTUM_REDIS_PASSWORD", "new",
                "QUANTUM_REDIS_PREFIX", "an option of commands",
                "QUANTUM_KAFKA_PORT", "9092",
                "QUANTUM_STATE_DIR", "/state"));

    assertThat(config.kafka())
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("sasl.jaas.config", "jaas")
        .hasSize(2);
    assertThat(config.registry())
        .containsEntry("basic.auth.user.info", "me:new")
        .containsEntry("schema.registry.ssl.truststore.location", "/r.p12")
        .hasSize(2);
    assertThat(config.redis()).containsEntry("redis.password", "new").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.mechanisms, is not a setting",
    "schema.registry.ssl.truststore.pasword, is not a setting",
    "redis.user, is not a setting",
    "isolation.level, cannot be set",
    "consumer.isolation.level, cannot be set",
    "acks, cannot be set",
    "producer.partitioner.class, cannot be set",
    "processing.guarantee, cannot be set",
    "auto.register.schemas, cannot be set"
  })
  void shouldRefuseWhatNoClientKnowsAndWhatThePipelineReliesOn(String name, String why) {
    assertThatThrownBy(() -> read(name + "=secret", Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(name)
        .hasMessageContaining(why)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUANTUM_KAFKA_SASL_MECHANISMS", "QUANTUM_REGISTRY_USER"})
  void shouldNameTheVariableThatNoClientKnows(String variable) {
    assertThatThrownBy(() -> read("", Map.of(variable, "secret")))
        .hasMessageContaining(variable)
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldNameTheFileThatCannotBeRead() {
    assertThatThrownBy(
            () -> ClientConfigReader.read(Optional.of(directory.resolve("none")), Map.of()))
        .hasMessageStartingWith("--config: cannot read ")
        .hasMessageContaining("none");
  }

  @Test
  void shouldShowNoValue() throws IOException {
    ClientConfig config =
        read("sasl.jaas.config=secret\nredis.password=secret\nbearer.auth.token=secret", Map.of());

    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("=secret");
    assertThat(config.toString()).doesNotContain("secret,").doesNotContain("secret]");
  }

  @Test
  void shouldLeaveAloneWhatIsEmbedded() throws IOException {
    ClientConfig config =
        read("security.protocol=SSL\nbearer.auth.token=t\nredis.username=u", Map.of());

    ClientConfig beside = config.beside(Set.of(Server.KAFKA, Server.REDIS));

    assertThat(beside.kafka()).isEmpty();
    assertThat(beside.redis()).isEmpty();
    assertThat(beside.registry()).containsEntry("bearer.auth.token", "t");
    assertThat(beside.kafkaAt("b:1")).isEqualTo(Map.of("bootstrap.servers", "b:1"));
  }

  private ClientConfig read(String properties, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(directory.resolve("client.properties"), properties);
    return ClientConfigReader.read(Optional.of(file), environment);
  }
}
