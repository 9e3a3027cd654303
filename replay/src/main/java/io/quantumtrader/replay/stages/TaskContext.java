package io.quantumtrader.replay.stages;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What all nodes and stores of one task share: its stores, and the record that is its turn. */
final class TaskContext implements StateStoreContext {

  private final TaskId task;
  private final StageEnvironment environment;
  private final Map<String, StateStore> stores = new HashMap<>();
  private RecordTurn turn = RecordTurn.NONE;

  TaskContext(TaskId task, StageEnvironment environment) {
    this.task = task;
    this.environment = environment;
  }

  StageEnvironment environment() {
    return environment;
  }

  void add(StateStore store) {
    stores.put(store.name(), store);
  }

  /** Returns a store of the task, or a global table; null where there is none of this name. */
  StateStore store(String name) {
    StateStore own = stores.get(name);
    return own == null ? environment.table(name) : own;
  }

  Map<String, StateStore> stores() {
    return stores;
  }

  /** Returns the record that is its turn. */
  RecordTurn turn() {
    return turn;
  }

  void begin(RecordTurn next) {
    turn = next;
  }

  void end() {
    turn = RecordTurn.NONE;
  }

  /** Returns the headers of the record that came in; null while there is none. */
  Headers headers() {
    return turn.headers();
  }

  @Override
  public String applicationId() {
    return environment.applicationId();
  }

  @Override
  public TaskId taskId() {
    return task;
  }

  @Override
  public Optional<RecordMetadata> recordMetadata() {
    return Optional.ofNullable(turn.metadata());
  }

  @Override
  public Serde<?> keySerde() {
    throw environment.unsupported("a default serde");
  }

  @Override
  public Serde<?> valueSerde() {
    throw environment.unsupported("a default serde");
  }

  @Override
  public File stateDir() {
    throw environment.unsupported("a state directory");
  }

  @Override
  public StreamsMetrics metrics() {
    throw environment.unsupported("Streams' metrics");
  }

  /** Stores begin empty here, or with what they had: nothing is read back through this. */
  @Override
  public void register(StateStore store, StateRestoreCallback restore) {}

  @Override
  public void register(StateStore store, StateRestoreCallback restore, CommitCallback checkpoint) {}

  @Override
  public Map<String, Object> appConfigs() {
    return environment.configuration();
  }

  @Override
  public Map<String, Object> appConfigsWithPrefix(String prefix) {
    Map<String, Object> found = new HashMap<>();
    appConfigs()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
              }
            });
    return found;
  }
}
