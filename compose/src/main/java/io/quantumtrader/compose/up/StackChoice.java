package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.compose.FixedPorts;
import io.quantumtrader.compose.StackException;
import io.quantumtrader.compose.StackPart;
import io.quantumtrader.compose.StackSettings;
import java.util.Map;

/** The chosen stack: what is embedded, where, and what is used at an address. */
final class StackChoice {

  private static final int USAGE = 2;

  private StackChoice() {}

  /**
   * Returns the settings of the stack that was asked for.
   *
   * @throws CommandFailure if they cannot be used
   */
  static StackSettings of(UpOptions.Parts options) {
    try {
      requirePortsOfEmbedded(options);
      StackSettings settings = StackSettings.embedded();
      if (options.data != null) {
        settings = settings.keptIn(options.data);
      }
      if (options.bootstrapServers != null) {
        settings = settings.withKafkaAt(options.bootstrapServers);
      }
      if (options.schemaRegistry != null) {
        settings = settings.withRegistryAt(options.schemaRegistry);
      }
      if (options.redis != null) {
        settings = settings.withRedisAt(options.redis);
      }
      if (options.leftOut().contains(Part.REDIS)) {
        settings = settings.withoutConnect();
      }
      for (Map.Entry<StackPart, Integer> port : options.ports().entrySet()) {
        settings = settings.withPort(port.getKey(), port.getValue());
      }
      return settings;
    } catch (StackException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    }
  }

  /** A port of a part that is not embedded would be set, and nobody would listen there. */
  private static void requirePortsOfEmbedded(UpOptions.Parts options) {
    refuse(options.bootstrapServers != null, StackPart.BROKER, "--bootstrap-servers", options);
    refuse(options.schemaRegistry != null, StackPart.REGISTRY, "--schema-registry", options);
    refuse(options.redis != null, StackPart.REDIS, "--redis", options);
    refuse(options.leftOut().contains(Part.REDIS), StackPart.CONNECT, "--without redis", options);
  }

  private static void refuse(
      boolean absent, StackPart part, String because, UpOptions.Parts options) {
    if (absent && options.ports().containsKey(part)) {
      throw new StackException(
          "--%s is for an embedded %s; with %s there is none"
              .formatted(FixedPorts.option(part), part.title(), because));
    }
  }
}
