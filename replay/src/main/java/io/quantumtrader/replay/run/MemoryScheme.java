package io.quantumtrader.replay.run;

import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.registry.RegistryScheme;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens {@code memory://name}, a registry that a pipeline of this process has under that name for
 * as long as it runs.
 */
public final class MemoryScheme implements RegistryScheme {

  private static final String SCHEME = "memory";
  private static final Map<String, SchemaRegistry> OPEN = new ConcurrentHashMap<>();

  /** For the service loader. */
  public MemoryScheme() {}

  /** Opens an empty registry, and returns its address. */
  public static String begin(String name) {
    SchemaRegistry before = OPEN.putIfAbsent(name, new MemorySchemaRegistry(SCHEME + "://" + name));
    if (before != null) {
      throw new IllegalStateException("there is a registry of the name " + name);
    }
    return SCHEME + "://" + name;
  }

  /** Forgets a registry. */
  public static void end(String address) {
    OPEN.remove(address.substring(SCHEME.length() + 3));
  }

  @Override
  public String scheme() {
    return SCHEME;
  }

  /**
   * Returns the registry of a pipeline that runs.
   *
   * @throws IllegalArgumentException where none of this name runs
   */
  @Override
  public SchemaRegistry open(String name) {
    SchemaRegistry registry = OPEN.get(name);
    if (registry == null) {
      throw new IllegalArgumentException("no registry in memory is called " + name);
    }
    return registry;
  }
}
