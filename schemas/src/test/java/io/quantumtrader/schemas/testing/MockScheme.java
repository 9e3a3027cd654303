package io.quantumtrader.schemas.testing;

import io.quantumtrader.schemas.registry.RegistryScheme;
import io.quantumtrader.schemas.registry.SchemaRegistry;

/** Opens {@code mock://name}: a {@link MockSchemaRegistry} that all with the same name share. */
public final class MockScheme implements RegistryScheme {

  @Override
  public String scheme() {
    return "mock";
  }

  @Override
  public SchemaRegistry open(String name) {
    return MockSchemaRegistry.named(name);
  }
}
