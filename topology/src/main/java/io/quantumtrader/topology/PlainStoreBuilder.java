package io.quantumtrader.topology;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Builds a store of our own kind, which has neither cache nor changelog.
 *
 * @param name name of the store
 * @param keySerde serde of its keys, for those who describe it; null where it has none
 * @param valueSerde serde of its values, for the same
 * @param store makes one, for each task or process that has it
 */
public record PlainStoreBuilder<S extends StateStore>(
    String name, Serde<?> keySerde, Serde<?> valueSerde, Supplier<S> store)
    implements StoreBuilder<S> {

  @Override
  public S build() {
    return store.get();
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public StoreBuilder<S> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<S> withLoggingDisabled() {
    return this;
  }
}
