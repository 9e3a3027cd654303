package io.quantumtrader.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Makes configured value serdes; the one thing a topology has to know about serialization. */
public final class RecordSerdes {

  private final Map<String, ?> configuration;

  /**
   * Creates the factory.
   *
   * @param configuration serde configuration in Confluent's names, `schema.registry.url` at least;
   *     a url `mock://name` stands for a registry in memory that all with the same name share
   */
  public RecordSerdes(Map<String, ?> configuration) {
    this.configuration = Map.copyOf(configuration);
  }

  /** Returns a serde for values of this generated class, configured and ready. */
  public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    throw new UnsupportedOperationException("serde for " + type + " with " + configuration);
  }
}
