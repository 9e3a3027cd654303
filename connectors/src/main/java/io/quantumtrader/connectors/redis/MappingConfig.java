package io.quantumtrader.connectors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say where a connector's mapping is: either in them, or on the class path. */
public final class MappingConfig {

  /** The mapping itself, JSON. */
  public static final String MAPPING = "mapping";

  /** A class path resource that holds the mapping. */
  public static final String MAPPING_RESOURCE = "mapping.resource";

  private MappingConfig() {}

  /**
   * Adds the settings to others.
   *
   * @param parse takes a mapping, and throws a {@link ConfigException} where it is wrong
   * @param meaning what a mapping says, one sentence
   */
  public static ConfigDef define(ConfigDef definition, Consumer<String> parse, String meaning) {
    define(new SettingGroup(definition, "Mapping"), parse, meaning);
    return definition;
  }

  static SettingGroup define(SettingGroup settings, Consumer<String> parse, String meaning) {
    return settings
        .add(
            MAPPING,
            ConfigDef.Type.STRING,
            null,
            SettingGroup.checked(parse),
            Importance.HIGH,
            meaning + " Give either this or " + MAPPING_RESOURCE + ".")
        .add(
            MAPPING_RESOURCE,
            ConfigDef.Type.STRING,
            null,
            SettingGroup.checked(name -> parse.accept(resource(name))),
            Importance.HIGH,
            "Class path resource that holds the mapping.");
  }

  /**
   * Returns the mapping, JSON.
   *
   * @throws ConfigException if none is given or both are, or the resource is not there
   */
  public static String json(AbstractConfig config) {
    String json = config.getString(MAPPING);
    String resource = config.getString(MAPPING_RESOURCE);
    if ((json == null) == (resource == null)) {
      throw new ConfigException(
          MAPPING + ": either " + MAPPING + " or " + MAPPING_RESOURCE + " is required");
    }
    return json == null ? resource(resource) : json;
  }

  private static String resource(String name) {
    String path = name.startsWith("/") ? name.substring(1) : name;
    try (InputStream in = MappingConfig.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new ConfigException("there is no class path resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("class path resource " + name, unreadable);
    }
  }
}
