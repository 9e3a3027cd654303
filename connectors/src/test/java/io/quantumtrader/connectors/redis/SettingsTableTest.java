package io.quantumtrader.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.connectors.redis.source.RedisSourceConfig;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** The table of settings in the README that is shipped. */
class SettingsTableTest {

  private static final String WRITE = "quantum.docs.write";

  /** Mends the table instead of failing when it is told to. */
  @Test
  void shouldBeUpToDate() {
    GeneratedPage page =
        new GeneratedPage(
            "README.md",
            "README",
            "### Sink\n\n"
                + table(RedisSinkConfig.DEFINITION)
                + "\n\n### Source\n\n"
                + table(RedisSourceConfig.DEFINITION));
    Path connectors = GeneratedPage.directory().resolveSibling("connectors");
    if (Boolean.getBoolean(WRITE)) {
      page.write(connectors);
    }

    assertThat(page.outdated(connectors))
        .as(
            "connectors/README.md has a generated table; write it with: mvn -q -pl connectors -am"
                + " test -Dtest=SettingsTableTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                + WRITE
                + "=true")
        .isEmpty();
  }

  @Test
  void shouldDocumentEverySetting() {
    assertThat(List.of(RedisSinkConfig.DEFINITION, RedisSourceConfig.DEFINITION))
        .flatMap(definition -> definition.configKeys().values())
        .allSatisfy(key -> assertThat(key.documentation).as(key.name).isNotBlank());
  }

  @Test
  void shouldShowAnExampleThatTheConnectorTakes() throws IOException {
    // given
    String readme =
        Files.readString(
            GeneratedPage.directory().resolveSibling("connectors").resolve("README.md"));
    int begin = readme.indexOf("```json") + "```json".length();

    // when
    JsonNode connector =
        new JsonMapper().readTree(readme.substring(begin, readme.indexOf("```", begin)));
    Map<String, String> settings = new HashMap<>();
    connector
        .get("config")
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().asText()));

    // then
    assertThat(new RedisSinkConfig(settings).mapping().topics())
        .containsExactly(settings.get("topics"));
    assertThat(settings)
        .containsEntry("connector.class", RedisSinkConnector.class.getName())
        .containsEntry("redis.password", "${env:REDIS_PASSWORD}");
  }

  private static String table(ConfigDef definition) {
    List<String> lines = new ArrayList<>();
    lines.add("| setting | type | default | what it does |");
    lines.add("|---|---|---|---|");
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      lines.add(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  key.name,
                  key.type().name().toLowerCase(Locale.ROOT) + allowed(key),
                  defaultOf(key),
                  key.documentation.replace("|", "\\|").replace("\n", " ")));
    }
    return String.join("\n", lines);
  }

  private static String allowed(ConfigDef.ConfigKey key) {
    String text = key.validator == null ? "" : key.validator.toString();
    return text.isBlank() ? "" : ", " + text.replace("|", "\\|");
  }

  private static String defaultOf(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    if (key.defaultValue == null) {
      return "none";
    }
    if (key.type() == ConfigDef.Type.PASSWORD || key.defaultValue.toString().isEmpty()) {
      return "empty";
    }
    return "`" + key.defaultValue + "`";
  }
}
