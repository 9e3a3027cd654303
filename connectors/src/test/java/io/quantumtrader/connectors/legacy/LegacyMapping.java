package io.quantumtrader.connectors.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text of the mapping and of what belongs to it. */
final class LegacyMapping {

  private LegacyMapping() {}

  static String json() {
    return resource(LegacyContract.MAPPING_RESOURCE);
  }

  static String resource(String name) {
    try (InputStream in = LegacyMapping.class.getClassLoader().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
