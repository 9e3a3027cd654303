package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.RecordLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** What all tasks share: the log, the configuration, what it names, and the global tables. */
final class StageEnvironment {

  private final RecordLog log;
  private final Map<String, Object> configuration;
  private final LongSupplier wallMs;
  private final Map<String, StateStore> tables = new HashMap<>();
  private final TimestampExtractor times;
  private final DeserializationExceptionHandler unreadable;
  private final ProcessingExceptionHandler undecided;

  StageEnvironment(RecordLog log, Map<String, Object> configuration, LongSupplier wallMs) {
    this.log = log;
    this.configuration = Map.copyOf(configuration);
    this.wallMs = wallMs;
    this.times =
        made(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, TimestampExtractor.class);
    this.unreadable =
        made(
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            DeserializationExceptionHandler.class);
    this.undecided =
        made(
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            ProcessingExceptionHandler.class);
  }

  /** Makes what a setting names, as Streams does. */
  private <T> T made(String setting, Class<T> type) {
    if (!(configuration.get(setting) instanceof Class<?> named)) {
      throw new ConfigException(setting, configuration.get(setting), "must name a class");
    }
    try {
      T made = type.cast(named.getDeclaredConstructor().newInstance());
      if (made instanceof Configurable configurable) {
        configurable.configure(configuration);
      }
      return made;
    } catch (ReflectiveOperationException failed) {
      throw new ConfigException(setting, named, "cannot be made: " + failed.getMessage());
    }
  }

  RecordLog log() {
    return log;
  }

  Map<String, Object> configuration() {
    return configuration;
  }

  String applicationId() {
    return (String) configuration.get(StreamsConfig.APPLICATION_ID_CONFIG);
  }

  long wallMs() {
    return wallMs.getAsLong();
  }

  TimestampExtractor times() {
    return times;
  }

  DeserializationExceptionHandler unreadable() {
    return unreadable;
  }

  ProcessingExceptionHandler undecided() {
    return undecided;
  }

  void addTable(StateStore table) {
    tables.put(table.name(), table);
  }

  /** Returns a global table; null where there is none of this name. */
  StateStore table(String name) {
    return tables.get(name);
  }

  void appendAll(List<ProducerRecord<byte[], byte[]>> letters) {
    letters.forEach(log::append);
  }

  UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "stages that run without Kafka Streams have no " + what);
  }
}
