package io.quantumtrader.replay.stages;

import io.quantumtrader.replay.log.LogCursor;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.topology.export.TopologyGraph.Source;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Response;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What a source node has to read of one partition. The record at its head is read, and gets its
 * time, when it comes to lie there.
 */
final class SourceQueue {

  private final Source source;
  private final LogCursor cursor;
  private final TopicPartition partition;
  private final TaskContext task;
  private final TimestampExtractor times;
  private final List<RunningNode> children;
  private long partitionTimeMs = ConsumerRecord.NO_TIMESTAMP;
  private long processedTimeMs = ConsumerRecord.NO_TIMESTAMP;
  private Head head;

  SourceQueue(Source source, LogCursor cursor, TaskContext task, List<RunningNode> children) {
    this.source = source;
    this.cursor = cursor;
    this.partition = cursor.partition().name();
    this.task = task;
    this.times = source.times() == null ? task.environment().times() : source.times();
    this.children = children;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Returns how far it has come: the record at the head was not processed. */
  Position position() {
    long offset = head == null ? cursor.position() : head.turn().metadata().offset();
    return new Position(offset, processedTimeMs);
  }

  /** Goes on from where another one had come to. */
  void resume(Position from) {
    cursor.seek(from.offset());
    partitionTimeMs = from.timeMs();
    processedTimeMs = from.timeMs();
  }

  void close() {
    cursor.close();
  }

  /** The record at the head, read. */
  private record Head(RecordTurn turn, Record<Object, Object> record) {}

  /** Returns whether there is a record to process; reads up to it where none is read yet. */
  boolean hasHead() {
    while (head == null && cursor.hasNext()) {
      head = read(cursor.next());
    }
    return head != null;
  }

  /** Returns the time of the record at the head. */
  long headTimeMs() {
    return headTimeMs(head);
  }

  private static long headTimeMs(Head of) {
    return of.turn().timestampMs();
  }

  /** Processes the record at the head. */
  void process() {
    Head taken = head;
    head = null;
    processedTimeMs = Math.max(processedTimeMs, headTimeMs(taken));
    task.begin(taken.turn());
    try {
      for (RunningNode child : children) {
        child.process(taken.record());
      }
    } finally {
      task.end();
    }
  }

  /** Returns the record with its time; null where it cannot be read and is a dead letter now. */
  private Head read(LogEntry entry) {
    RecordHeaders headers = entry.copyOfHeaders();
    RecordMetadata metadata = new RecordTurn.Origin(partition, entry.offset());
    Object key;
    Object value;
    try {
      key = source.key().deserialize(partition.topic(), headers, entry.key());
      value = source.value().deserialize(partition.topic(), headers, entry.value());
    } catch (RuntimeException error) {
      bury(entry, headers, metadata, error);
      return null;
    }
    ConsumerRecord<Object, Object> record = entry.recordOf(partition, key, value, headers);
    long timeMs = times.extract(record, partitionTimeMs);
    partitionTimeMs = Math.max(partitionTimeMs, timeMs);
    return new Head(
        new RecordTurn(metadata, headers, timeMs, entry.key(), entry.value()),
        new Record<>(key, value, timeMs, headers));
  }

  private void bury(
      LogEntry entry, RecordHeaders headers, RecordMetadata metadata, RuntimeException error) {
    task.begin(new RecordTurn(metadata, headers, entry.timestampMs(), entry.key(), entry.value()));
    try {
      Response response =
          task.environment()
              .unreadable()
              .handleError(
                  new RunningNode.Place(source.name(), task),
                  entry.recordOf(partition, entry.key(), entry.value(), headers),
                  error);
      if (response.result() == DeserializationExceptionHandler.Result.FAIL) {
        throw new TaskFailedException("source " + source.name() + " at " + partition, error);
      }
      task.environment().appendAll(response.deadLetterQueueRecords());
    } finally {
      task.end();
    }
  }
}
