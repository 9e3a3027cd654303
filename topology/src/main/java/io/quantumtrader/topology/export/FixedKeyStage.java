package io.quantumtrader.topology.export;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.InternalFixedKeyRecordFactory;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A processor that leaves keys as they are, as any other: the DSL puts such ones before a
 * repartition topic.
 */
final class FixedKeyStage implements Processor<Object, Object, Object, Object> {

  private final FixedKeyProcessor<Object, Object, Object> inner;

  private FixedKeyStage(FixedKeyProcessor<Object, Object, Object> inner) {
    this.inner = inner;
  }

  /** Returns a supplier of such processors, whichever of both kinds it was. */
  @SuppressWarnings("unchecked") // the topology was built with types that fit
  static ProcessorSupplier<Object, Object, Object, Object> supplier(Object either) {
    if (either instanceof FixedKeyProcessorSupplier<?, ?, ?> fixed) {
      return () ->
          new FixedKeyStage(((FixedKeyProcessorSupplier<Object, Object, Object>) fixed).get());
    }
    return (ProcessorSupplier<Object, Object, Object, Object>) either;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    inner.init(new Context(context));
  }

  @Override
  public void process(Record<Object, Object> record) {
    inner.process(InternalFixedKeyRecordFactory.create(record));
  }

  @Override
  public void close() {
    inner.close();
  }

  private record Context(ProcessorContext<Object, Object> of)
      implements FixedKeyProcessorContext<Object, Object> {

    @Override
    public <K, V> void forward(FixedKeyRecord<K, V> record) {
      of.forward(plain(record));
    }

    @Override
    public <K, V> void forward(FixedKeyRecord<K, V> record, String childName) {
      of.forward(plain(record), childName);
    }

    private static <K, V> Record<K, V> plain(FixedKeyRecord<K, V> record) {
      return new Record<>(record.key(), record.value(), record.timestamp(), record.headers());
    }

    @Override
    public String applicationId() {
      return of.applicationId();
    }

    @Override
    public TaskId taskId() {
      return of.taskId();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
      return of.recordMetadata();
    }

    @Override
    public Serde<?> keySerde() {
      return of.keySerde();
    }

    @Override
    public Serde<?> valueSerde() {
      return of.valueSerde();
    }

    @Override
    public File stateDir() {
      return of.stateDir();
    }

    @Override
    public StreamsMetrics metrics() {
      return of.metrics();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Kafka's signature
    public <S extends StateStore> S getStateStore(String name) {
      return of.getStateStore(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
      return of.schedule(interval, type, callback);
    }

    @Override
    public Cancellable schedule(
        Instant start, Duration interval, PunctuationType type, Punctuator callback) {
      return of.schedule(start, interval, type, callback);
    }

    @Override
    public void commit() {
      of.commit();
    }

    @Override
    public Map<String, Object> appConfigs() {
      return of.appConfigs();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
      return of.appConfigsWithPrefix(prefix);
    }

    @Override
    public long currentSystemTimeMs() {
      return of.currentSystemTimeMs();
    }

    @Override
    public long currentStreamTimeMs() {
      return of.currentStreamTimeMs();
    }
  }
}
