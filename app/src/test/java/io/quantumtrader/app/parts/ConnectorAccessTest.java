package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.cli.ClientConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConnectorAccessTest {

  private static final ClientConfig CONFIG =
      new ClientConfig(
          Optional.empty(),
          Map.of("sasl.jaas.config", "k-secret", "bootstrap.servers", "b:1"),
          Map.of(
              "schema.registry.url", "https://other",
              "basic.auth.credentials.source", "USER_INFO",
              "basic.auth.user.info", "r-secret",
              "schema.registry.ssl.truststore.location", "/r.p12",
              "schema.registry.ssl.truststore.password", "t-secret"),
          Map.of(
              "redis.uri", "redis://other",
              "redis.username", "quantum",
              "redis.password", "p-secret",
              "redis.ssl.keystore.password", "s-secret"),
          Set.of());
  private static final Map<String, String> GIVEN = Map.of("redis.uri", "redis://r", "name", "n");

  @Test
  void shouldTellWorkersElsewhereOnlyWhereTheyFindWhatIsSecret() {
    Map<String, String> sink = ConnectorAccess.inWorkers(CONFIG).ofSink(GIVEN);

    assertThat(sink)
        .containsEntry("name", "n")
        .containsEntry("redis.uri", "redis://r")
        .containsEntry("redis.username", "quantum")
        .containsEntry("redis.password", "${env:QUANTUM_REDIS_PASSWORD}")
        .containsEntry("redis.ssl.keystore.password", "${env:QUANTUM_REDIS_SSL_KEYSTORE_PASSWORD}")
        .containsEntry("value.converter.basic.auth.credentials.source", "USER_INFO")
        .containsEntry(
            "value.converter.basic.auth.user.info", "${env:QUANTUM_REGISTRY_BASIC_AUTH_USER_INFO}")
        .containsEntry("value.converter.schema.registry.ssl.truststore.location", "/r.p12")
        .containsEntry(
            "value.converter.schema.registry.ssl.truststore.password",
            "${env:QUANTUM_REGISTRY_SSL_TRUSTSTORE_PASSWORD}")
        .hasSize(9);
    assertThat(sink.toString()).doesNotContain("-secret");
  }

  @Test
  void shouldLeaveTheLoginToRedisToWorkersWhereNoneIsGiven() {
    assertThat(ConnectorAccess.inWorkers(ClientConfig.NONE).ofSink(GIVEN))
        .containsEntry("redis.username", "${env:QUANTUM_REDIS_USERNAME}")
        .containsEntry("redis.password", "${env:QUANTUM_REDIS_PASSWORD}")
        .hasSize(4);
    assertThat(ConnectorAccess.inProcess(ClientConfig.NONE).ofSink(GIVEN)).isEqualTo(GIVEN);
  }

  @Test
  void shouldTellASourceUnderItsOwnNames() {
    Map<String, String> source = ConnectorAccess.inWorkers(CONFIG).ofSource(GIVEN);

    assertThat(source)
        .containsEntry("basic.auth.user.info", "${env:QUANTUM_REGISTRY_BASIC_AUTH_USER_INFO}")
        .doesNotContainKey("schema.registry.url")
        .doesNotContainKey("sasl.jaas.config");
  }

  @Test
  void shouldTellAWorkerInTheSameProcessEverything() {
    assertThat(ConnectorAccess.inProcess(CONFIG).ofSource(GIVEN))
        .containsEntry("basic.auth.user.info", "r-secret")
        .containsEntry("redis.password", "p-secret");
  }
}
