package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogCursor;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.topology.PlainStoreBuilder;
import io.quantumtrader.topology.export.TopologyGraph.GlobalTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps one global table up with its topic. */
final class TableKeeper {

  private final String name;
  private final String topic;
  private final KeyValueStore<Object, Object> store;
  private final Serde<Object> keys;
  private final Serde<Object> values;
  private final TaskContext context;
  private final Processor<Object, Object, Void, Void> processor;
  private final List<LogCursor> cursors;

  @SuppressWarnings("unchecked") // the builder was given serdes that fit
  TableKeeper(GlobalTable table, StageEnvironment environment, List<LogPartition> partitions) {
    name = table.store();
    topic = table.topic();
    context = new TaskContext(new TaskId(-1, -1), environment);
    PlainStoreBuilder<?> builder = (PlainStoreBuilder<?>) table.builder();
    keys = (Serde<Object>) builder.keySerde();
    values = (Serde<Object>) builder.valueSerde();
    store = (KeyValueStore<Object, Object>) builder.build();
    store.init(context, store);
    environment.addTable(store);
    cursors = partitions.stream().map(LogPartition::cursor).toList();
    processor = table.processor().get();
    processor.init(forwardingNothing());
  }

  @SuppressWarnings("unchecked") // it forwards nothing, so what it may forward does not matter
  private ProcessorContext<Void, Void> forwardingNothing() {
    return (ProcessorContext<Void, Void>) (ProcessorContext<?, ?>) new StageContext(context);
  }

  /** Returns the name of the table. */
  String name() {
    return name;
  }

  /** Returns its rows as bytes, ascending by key. */
  NavigableMap<byte[], byte[]> rows() {
    NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    try (KeyValueIterator<Object, Object> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Object, Object> row = all.next();
        rows.put(
            keys.serializer().serialize(topic, row.key),
            values.serializer().serialize(topic, row.value));
      }
    }
    return rows;
  }

  /** Takes rows as they were; what is to come of the topic is what comes from now on. */
  void restore(Map<byte[], byte[]> rows) {
    rows.forEach(
        (key, value) ->
            store.put(
                keys.deserializer().deserialize(topic, key),
                values.deserializer().deserialize(topic, value)));
  }

  /** Applies all that has come; returns whether there was anything. */
  boolean run() {
    boolean any = false;
    for (LogCursor cursor : cursors) {
      while (cursor.hasNext()) {
        apply(cursor.partition().name(), cursor.next());
        any = true;
      }
    }
    return any;
  }

  private void apply(TopicPartition partition, LogEntry entry) {
    RecordHeaders headers = entry.copyOfHeaders();
    RecordTurn.Origin origin = new RecordTurn.Origin(partition, entry.offset());
    context.begin(new RecordTurn(origin, headers, entry.timestampMs(), entry.key(), entry.value()));
    try {
      processor.process(
          new Record<>(entry.key(), entry.value(), Math.max(0, entry.timestampMs()), headers));
    } finally {
      context.end();
    }
  }

  void close() {
    processor.close();
    cursors.forEach(LogCursor::close);
  }
}
