package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSinkConfigTest {

  private static final String SET =
      "{\"command\": \"SET\", \"key\": \"k:${key}\", \"constant\": \"1\"}";

  @Test
  void shouldNeverShowThePassword() {
    Map<String, String> settings = settings();
    settings.put(RedisConnectionConfig.PASSWORD, "secret-word");

    RedisSinkConfig config = new RedisSinkConfig(settings);

    assertThat(config.values().toString()).doesNotContain("secret-word");
    assertThat(config.endpoint().toString()).doesNotContain("secret-word");
    assertThat(config.endpoint().login().password().value()).isEqualTo("secret-word");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "redis.uri ~ ftp://x ~ redis.uri: a Redis URI must begin with redis://",
        "mapping ~ {} ~ mapping at topics: at least one topic is required",
        "mapping.resource ~ no/such ~ there is no class path resource no/such",
        "expiry.reference ~ clock ~ Invalid value clock for configuration expiry.reference",
        "transaction.records ~ 0 ~ Value must be at least 1",
        "topics ~ t, u ~ topics without mapping: u"
      })
  void shouldRefuseWrongSettings(String name, String value, String message) {
    Map<String, String> settings = settings();
    settings.put(name, value);

    assertThatThrownBy(() -> new RedisSinkConfig(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldNeedExactlyOneMapping() {
    Map<String, String> settings = settings();
    settings.remove(MappingConfig.MAPPING);

    assertThatThrownBy(() -> new RedisSinkConfig(settings))
        .hasMessage("mapping: either mapping or mapping.resource is required");
  }

  @Test
  void shouldTellConnectWhatIsWrongAndWhere() {
    // given
    Map<String, String> settings = settings();
    settings.put(MappingConfig.MAPPING, "{");
    settings.put(RedisConnectionConfig.URI, "redis://user:secret-word@localhost");

    // when
    List<ConfigValue> values = new RedisSinkConnector().validate(settings).configValues();

    // then
    assertThat(errors(values, MappingConfig.MAPPING))
        .singleElement()
        .asString()
        .contains("not JSON");
    assertThat(errors(values, RedisConnectionConfig.URI))
        .containsExactly(
            "redis.uri: the Redis URI must not hold user or password: use redis.username and"
                + " redis.password");
  }

  @Test
  void shouldDocumentEverySetting() {
    assertThat(RedisSinkConfig.DEFINITION.configKeys().values())
        .allSatisfy(key -> assertThat(key.documentation).as(key.name).isNotBlank());
  }

  @Test
  void shouldBeFoundByServiceLoading() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .anyMatch(RedisSinkConnector.class::isInstance);
  }

  @Test
  void shouldGiveEachTaskTheSettings() {
    RedisSinkConnector connector = new RedisSinkConnector();
    connector.start(settings());

    assertThat(connector.taskConfigs(2))
        .allSatisfy(task -> assertThat(task).containsAllEntriesOf(settings()))
        .extracting(task -> task.get(RedisSinkConfig.TASK))
        .containsExactly("0", "1");
    assertThat(connector.taskClass()).isEqualTo(RedisSinkTask.class);
    assertThat(connector.version()).isNotBlank();
    connector.stop();
  }

  private static List<String> errors(List<ConfigValue> values, String name) {
    return values.stream()
        .filter(value -> value.name().equals(name))
        .flatMap(value -> value.errorMessages().stream())
        .toList();
  }

  private static Map<String, String> settings() {
    return new HashMap<>(SinkHarness.settings("redis://localhost:6379", SET));
  }
}
