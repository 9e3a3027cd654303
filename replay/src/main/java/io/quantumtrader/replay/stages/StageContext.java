package io.quantumtrader.replay.stages;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The context of one processor in one task. */
final class StageContext implements ProcessorContext<Object, Object> {

  private final TaskContext task;
  private final Map<String, RunningNode> children = new LinkedHashMap<>();

  StageContext(TaskContext task) {
    this.task = task;
  }

  void add(RunningNode child) {
    children.put(child.name(), child);
  }

  @Override
  public <K, V> void forward(Record<K, V> record) {
    for (RunningNode child : children.values()) {
      child.process(record);
    }
  }

  @Override
  public <K, V> void forward(Record<K, V> record, String childName) {
    RunningNode child = children.get(childName);
    if (child == null) {
      throw new IllegalArgumentException(childName + " does not hear this stage");
    }
    child.process(record);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // who asks knows the type
  public <S extends StateStore> S getStateStore(String name) {
    return (S) task.store(name);
  }

  /**
   * Does not schedule: what goes by the wall clock is for a feed that has died, and here the feed
   * is who drives.
   *
   * @throws UnsupportedOperationException for stream time, by which nothing here goes
   */
  @Override
  public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
    if (type != PunctuationType.WALL_CLOCK_TIME) {
      throw task.environment().unsupported("stream time");
    }
    return () -> {};
  }

  @Override
  public Cancellable schedule(
      Instant start, Duration interval, PunctuationType type, Punctuator callback) {
    return schedule(interval, type, callback);
  }

  /** What is written is there at once. */
  @Override
  public void commit() {}

  @Override
  public String applicationId() {
    return task.applicationId();
  }

  @Override
  public TaskId taskId() {
    return task.taskId();
  }

  @Override
  public Optional<RecordMetadata> recordMetadata() {
    return task.recordMetadata();
  }

  @Override
  public Serde<?> keySerde() {
    return task.keySerde();
  }

  @Override
  public Serde<?> valueSerde() {
    return task.valueSerde();
  }

  @Override
  public File stateDir() {
    return task.stateDir();
  }

  @Override
  public StreamsMetrics metrics() {
    return task.metrics();
  }

  @Override
  public Map<String, Object> appConfigs() {
    return task.appConfigs();
  }

  @Override
  public Map<String, Object> appConfigsWithPrefix(String prefix) {
    return task.appConfigsWithPrefix(prefix);
  }

  @Override
  public long currentSystemTimeMs() {
    return task.environment().wallMs();
  }

  @Override
  public long currentStreamTimeMs() {
    throw task.environment().unsupported("stream time");
  }
}
