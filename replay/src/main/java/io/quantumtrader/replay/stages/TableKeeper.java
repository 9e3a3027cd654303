package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogCursor;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.topology.export.TopologyGraph.GlobalTable;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps one global table up with its topic. */
final class TableKeeper {

  private final String name;
  private final TaskContext context;
  private final Processor<Object, Object, Void, Void> processor;
  private final List<LogCursor> cursors;

  TableKeeper(GlobalTable table, StageEnvironment environment, List<LogPartition> partitions) {
    name = table.store();
    context = new TaskContext(new TaskId(-1, -1), environment);
    StateStore store = table.builder().build();
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
