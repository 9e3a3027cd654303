package io.quantumtrader.connectors.redis;

import java.util.Optional;

/** The version that Connect shows for a plugin. */
public final class Version {

  private Version() {}

  /** Returns the version in the manifest of the class's archive; classes in a folder have none. */
  public static String of(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("undefined");
  }
}
