package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.executor.Outputs.DeadLetter;
import io.quantumtrader.execution.executor.Outputs.Output;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Writes outputs and consumed positions in one transaction. */
final class TransactionalWriter {

  private static final String HEADER = "__streams.errors.";

  private final Producer<byte[], byte[]> producer;
  private final RecordCodec codec;
  private final CrashPoint.Watch watch;

  TransactionalWriter(
      Producer<byte[], byte[]> producer, RecordCodec codec, CrashPoint.Watch watch) {
    this.producer = producer;
    this.codec = codec;
    this.watch = watch;
  }

  /**
   * Writes and commits all, or nothing. What is thrown leaves the transaction to be aborted.
   *
   * @param positions positions to commit
   * @param group whose they are, with its generation, so that a member that was replaced is refused
   */
  void commit(
      Outputs outputs,
      Map<TopicPartition, OffsetAndMetadata> positions,
      ConsumerGroupMetadata group) {
    producer.beginTransaction();
    for (Output output : outputs.records()) {
      send(record(output));
    }
    for (DeadLetter letter : outputs.deadLetters()) {
      send(record(letter));
    }
    if (!positions.isEmpty()) {
      producer.sendOffsetsToTransaction(positions, group);
    }
    watch.reached(CrashPoint.WRITTEN);
    producer.commitTransaction();
  }

  /** What goes wrong with a record makes the commit fail. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused = producer.send(record);
  }

  private ProducerRecord<byte[], byte[]> record(Output output) {
    return new ProducerRecord<>(
        output.topic().topicName(),
        output.partition(),
        output.timestampMs(),
        codec.key(output.key()),
        codec.value(output.topic(), output.value()));
  }

  /** Names the headers as Kafka Streams does, so that all dead letters read the same. */
  private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> source = letter.source();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.DEAD_LETTER.topicName(),
            0,
            Math.max(0, source.timestamp()),
            source.key(),
            source.value());
    Headers headers = record.headers();
    add(headers, "exception", letter.error());
    add(headers, "message", letter.message());
    add(headers, "stacktrace", "");
    add(headers, "topic", source.topic());
    add(headers, "partition", String.valueOf(source.partition()));
    add(headers, "offset", String.valueOf(source.offset()));
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(HEADER + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
