package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogPartition;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.topology.export.TopologyGraph.Sink;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Result;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A node of a task. */
sealed interface RunningNode {

  /** Returns its name. */
  String name();

  /** Takes a record, and does all that follows from it. */
  void process(Record<?, ?> record);

  /** A processor. */
  record Stage(
      String name,
      Processor<Object, Object, Object, Object> processor,
      StageContext context,
      TaskContext task)
      implements RunningNode {

    @Override
    @SuppressWarnings("unchecked") // the topology was built with types that fit
    public void process(Record<?, ?> record) {
      try {
        processor.process((Record<Object, Object>) record);
      } catch (TaskFailedException failed) {
        throw failed;
      } catch (Exception error) {
        handle(record, error);
      }
    }

    private void handle(Record<?, ?> record, Exception error) {
      Response response =
          task.environment().undecided().handleError(new Place(name, task), record, error);
      if (response.result() == Result.FAIL) {
        throw new TaskFailedException("stage " + name + " of task " + task.taskId(), error);
      }
      task.environment().appendAll(response.deadLetterQueueRecords());
    }
  }

  /** A sink. */
  record Drain(Sink sink, List<LogPartition> partitions, TaskContext task) implements RunningNode {

    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public void process(Record<?, ?> record) {
      try {
        Headers headers = record.headers();
        byte[] key = sink.key().serialize(sink.topic(), headers, record.key());
        byte[] value = sink.value().serialize(sink.topic(), headers, record.value());
        for (int partition : partitionsOf(record, key)) {
          task.environment()
              .log()
              .append(partitions.get(partition), record.timestamp(), key, value, headers.toArray());
        }
      } catch (RuntimeException error) {
        throw new TaskFailedException("sink " + name() + " of task " + task.taskId(), error);
      }
    }

    private Set<Integer> partitionsOf(Record<?, ?> record, byte[] key) {
      Optional<Set<Integer>> chosen =
          sink.partitioner() == null
              ? Optional.empty()
              : sink.partitioner()
                  .partitions(sink.topic(), record.key(), record.value(), partitions.size());
      return chosen.orElseGet(() -> Set.of(RecordLog.byKey(key, partitions.size())));
    }
  }

  /** Where an error happened, for the handlers. */
  record Place(String processorNodeId, TaskContext task) implements ErrorHandlerContext {

    @Override
    public String topic() {
      return task.recordMetadata().map(RecordMetadata::topic).orElse(null);
    }

    @Override
    public int partition() {
      return task.recordMetadata().map(RecordMetadata::partition).orElse(-1);
    }

    @Override
    public long offset() {
      return task.recordMetadata().map(RecordMetadata::offset).orElse(-1L);
    }

    @Override
    public Headers headers() {
      return task.headers();
    }

    @Override
    public TaskId taskId() {
      return task.taskId();
    }

    @Override
    public long timestamp() {
      return task.turn().timestampMs();
    }

    @Override
    public byte[] sourceRawKey() {
      return task.turn().rawKey();
    }

    @Override
    public byte[] sourceRawValue() {
      return task.turn().rawValue();
    }
  }
}
