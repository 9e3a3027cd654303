package io.quantumtrader.schemas.registry;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Registries at addresses with a scheme of their own, beside those that are reached by HTTP. They
 * are found on the class path with {@link ServiceLoader}; tests bring {@code mock://name}, which
 * starts empty and lives in memory.
 */
public interface RegistryScheme {

  /** Returns the scheme, such as {@code mock}. */
  String scheme();

  /** Opens the registry with this name, which is what follows {@code ://} in the address. */
  SchemaRegistry open(String name);

  /** Finds whose scheme an address has; empty for HTTP, and for what nobody knows. */
  static Optional<RegistryScheme> of(String address) {
    if (address.startsWith("http://") || address.startsWith("https://")) {
      return Optional.empty();
    }
    return ServiceLoader.load(RegistryScheme.class, RegistryScheme.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> address.startsWith(each.scheme() + "://"))
        .findFirst();
  }
}
