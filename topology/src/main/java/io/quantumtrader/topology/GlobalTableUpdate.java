package io.quantumtrader.topology;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a global table, and tells how far it is.
 *
 * <p>Values are read here and not by the source: Streams cannot send a dead letter from the thread
 * of the global tables, and a record that is skipped there is not counted. One that cannot be read
 * leaves the row as it was. While the registry cannot be asked, the table waits: a stop of this
 * thread would end the whole process.
 */
final class GlobalTableUpdate<V> implements Processor<String, byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(GlobalTableUpdate.class);
  private static final long REGISTRY_PAUSE_MS = 1_000;

  private final String storeName;
  private final Deserializer<V> deserializer;
  private final GlobalTableProgress progress;
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<String, V> store;

  GlobalTableUpdate(String storeName, Deserializer<V> deserializer, GlobalTableProgress progress) {
    this.storeName = storeName;
    this.deserializer = deserializer;
    this.progress = progress;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(storeName);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    if (record.key() == null) {
      LOG.error("{} has a record without a key, which no row can be made of", source);
    } else {
      try {
        store.put(record.key(), read(source.topic(), record.value()));
      } catch (SerializationException unreadable) {
        LOG.error("row {} stays as it was: {} cannot be read", record.key(), source, unreadable);
      }
    }
    progress.applied(source.topic(), source.partition(), source.offset());
  }

  private V read(String topic, byte[] value) {
    while (true) {
      try {
        return value == null ? null : deserializer.deserialize(topic, value);
      } catch (RegistryUnavailableException outage) {
        LOG.warn("the table of {} waits for the schema registry", topic, outage);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(REGISTRY_PAUSE_MS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for the schema registry", stopped);
    }
  }
}
