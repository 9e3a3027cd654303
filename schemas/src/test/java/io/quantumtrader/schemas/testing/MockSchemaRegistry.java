package io.quantumtrader.schemas.testing;

import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registries in memory, for test drivers. All that ask for the same name share one for as long as
 * the JVM lives.
 */
public final class MockSchemaRegistry {

  private static final Map<String, MemorySchemaRegistry> NAMED = new ConcurrentHashMap<>();

  private MockSchemaRegistry() {}

  /** Returns the registry with this name; the first call makes an empty one. */
  public static MemorySchemaRegistry named(String name) {
    return NAMED.computeIfAbsent(name, each -> new MemorySchemaRegistry("mock://" + each));
  }
}
