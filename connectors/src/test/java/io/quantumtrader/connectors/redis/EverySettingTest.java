package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Goes over every setting of the sink. */
class EverySettingTest {

  private static final String NOTHING = "no value is wrong by itself";

  /** A wrong value for each setting and a part of what is said of it: what to do instead. */
  private static final Map<String, List<String>> WRONG =
      Map.ofEntries(
          Map.entry("redis.uri", List.of("localhost:6379", "must begin with redis://")),
          Map.entry("redis.username", List.of(NOTHING)),
          Map.entry("redis.password", List.of(NOTHING)),
          Map.entry("redis.sentinel.username", List.of(NOTHING)),
          Map.entry("redis.sentinel.password", List.of(NOTHING)),
          Map.entry("redis.timeout.ms", List.of("0", "must be at least 1")),
          Map.entry(
              "redis.ssl.truststore.location", List.of("/some.p12", "begin redis.uri with rediss")),
          Map.entry("redis.ssl.truststore.password", List.of(NOTHING)),
          Map.entry("redis.ssl.truststore.type", List.of("P12", "one of: PKCS12, JKS, PEM")),
          Map.entry(
              "redis.ssl.keystore.location", List.of("/some.p12", "begin redis.uri with rediss")),
          Map.entry("redis.ssl.keystore.password", List.of(NOTHING)),
          Map.entry("redis.ssl.keystore.type", List.of("", "one of: PKCS12, JKS, PEM")),
          Map.entry("redis.ssl.key.password", List.of(NOTHING)),
          Map.entry("mapping", List.of("{}", "at least one topic is required")),
          Map.entry("mapping.resource", List.of("no/such", "no class path resource no/such")),
          Map.entry("key.prefix", List.of(NOTHING)),
          Map.entry("expiry.reference", List.of("clock", "one of: wall, record")),
          Map.entry("fence.key", List.of("", "non-empty")),
          Map.entry("transaction.records", List.of("0", "must be at least 1")),
          Map.entry("redis.wait.replicas", List.of("-1", "must be at least 0")),
          Map.entry("redis.wait.timeout.ms", List.of("0", "must be at least 1")),
          Map.entry("retry.backoff.ms", List.of("0", "must be at least 1")),
          Map.entry("retry.backoff.max.ms", List.of("0", "must be at least 1")),
          Map.entry("retry.access.ms", List.of("-1", "must be at least 0")));

  static Stream<ConfigKey> settings() {
    return RedisSinkConfig.DEFINITION.configKeys().values().stream();
  }

  @Test
  void shouldTryEverySetting() {
    assertThat(WRONG.keySet()).isEqualTo(RedisSinkConfig.DEFINITION.names());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldDocumentIt(ConfigKey setting) {
    assertThat(setting.documentation).as(setting.name).endsWith(".").hasSizeGreaterThan(20);
    assertThat(setting.group).as(setting.name).isIn("Redis", "TLS", "Mapping", "Writing");
    assertThat(setting.displayName).isNotBlank();
    assertThat(setting.type == ConfigDef.Type.PASSWORD)
        .as("a secret is a password")
        .isEqualTo(setting.name.endsWith("password"));
  }

  @Test
  void shouldShowEachAtAPlaceOfItsOwn() {
    Set<String> places = new HashSet<>();
    settings().forEach(s -> assertThat(places.add(s.group + s.orderInGroup)).isTrue());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldTakeItsDefault(ConfigKey setting) {
    Map<String, String> settings = good();
    if (setting.defaultValue instanceof String || setting.defaultValue instanceof Number) {
      settings.put(setting.name, setting.defaultValue.toString());
    }

    assertThat(errors(settings)).isEmpty();
    assertThatCode(() -> new RedisSinkConfig(settings)).doesNotThrowAnyException();
  }

  static Stream<Arguments> wrongValues() {
    return WRONG.entrySet().stream()
        .filter(entry -> entry.getValue().size() == 2)
        .map(e -> Arguments.of(e.getKey(), e.getValue().getFirst(), e.getValue().getLast()));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void shouldSayWhatIsWrongWithIt(String name, String value, String mend) {
    Map<String, String> settings = good();
    if (name.equals(MappingConfig.MAPPING_RESOURCE)) {
      settings.remove(MappingConfig.MAPPING);
    }
    settings.put(name, value);

    assertThat(errors(settings))
        .singleElement()
        .asString()
        .startsWith(name + " <- ")
        .contains(name, mend);
  }

  @ParameterizedTest
  @MethodSource("uris")
  void shouldReadEveryKindOfUri(String uri, String problem) {
    Map<String, String> settings = good();
    settings.put(RedisConnectionConfig.URI, uri);

    if (problem.isEmpty()) {
      assertThat(errors(settings)).isEmpty();
    } else {
      assertThat(errors(settings)).singleElement().asString().contains("redis.uri: ", problem);
    }
  }

  static Stream<Arguments> uris() {
    return Stream.of(
        Arguments.of("redis://localhost", ""),
        Arguments.of("rediss://redis.example:6380/3", ""),
        Arguments.of("redis://[::1]:6379/", ""),
        Arguments.of("redis-sentinel://a,b:26380/1#main", ""),
        Arguments.of("rediss-cluster://a:1,b:2,c:3", ""),
        Arguments.of("redis-sentinel://a,b", "ends with # and the name of the master"),
        Arguments.of("redis://a#main", "only a sentinel URI can name a master"),
        Arguments.of("redis://a,b", "need redis-sentinel:// or redis-cluster://"),
        Arguments.of("redis-cluster://a/1", "a cluster has only database 0"),
        Arguments.of("redis://a:70000", "a port is 1 to 65535"),
        Arguments.of("redis://a:x", "expected host:port"),
        Arguments.of("redis://user:word@a", "use redis.username and redis.password"));
  }

  @Test
  void shouldSayWhereSettingsDoNotGoTogether() {
    Map<String, String> none = good();
    none.remove(MappingConfig.MAPPING);
    Map<String, String> unmapped = good();
    unmapped.put("topics", "t,u");

    assertThat(errors(none))
        .containsExactly("mapping <- mapping: either mapping or mapping.resource is required");
    assertThat(errors(unmapped))
        .containsExactly("mapping <- mapping: topics without mapping: u; add them to the mapping");
  }

  private static List<String> errors(Map<String, String> settings) {
    List<String> errors = new ArrayList<>();
    for (ConfigValue value : new RedisSinkConnector().validate(settings).configValues()) {
      value.errorMessages().forEach(message -> errors.add(value.name() + " <- " + message));
    }
    return errors;
  }

  private static Map<String, String> good() {
    return new HashMap<>(
        SinkHarness.settings(
            "redis://localhost:6379",
            "{\"command\": \"SET\", \"key\": \"k:${key}\", \"constant\": \"1\"}"));
  }
}
