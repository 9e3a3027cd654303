package io.quantumtrader.connectors.redis;

import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Defines settings that belong together, in the order they are to be shown. */
final class SettingGroup {

  private final ConfigDef definition;
  private final String name;
  private int order;

  SettingGroup(ConfigDef definition, String name) {
    this.definition = definition;
    this.name = name;
  }

  /** Adds a setting; without default where that is {@link ConfigDef#NO_DEFAULT_VALUE}. */
  SettingGroup add(
      String setting,
      ConfigDef.Type type,
      Object otherwise,
      ConfigDef.Validator validator,
      Importance importance,
      String documentation) {
    Width width = type == ConfigDef.Type.STRING ? Width.LONG : Width.SHORT;
    definition.define(
        setting,
        type,
        otherwise,
        validator,
        importance,
        documentation,
        name,
        ++order,
        width,
        setting);
    return this;
  }

  /** Returns a validator that lets null pass and puts the setting's name before what is wrong. */
  static ConfigDef.Validator checked(Consumer<String> check) {
    return ConfigDef.LambdaValidator.with(
        (setting, value) -> {
          try {
            if (value != null) {
              check.accept((String) value);
            }
          } catch (ConfigException wrong) {
            throw new ConfigException(setting + ": " + wrong.getMessage());
          }
        },
        () -> "");
  }
}
