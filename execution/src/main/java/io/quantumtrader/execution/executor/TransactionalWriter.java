package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.executor.Outputs.DeadLetter;
import io.quantumtrader.execution.executor.Outputs.Output;
import io.quantumtrader.schemas.deadletter.DeadLetter.Failure;
import io.quantumtrader.schemas.deadletter.DeadLetter.Source;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes outputs and consumed positions in one transaction. */
final class TransactionalWriter {

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

  private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> source = letter.source();
    return io.quantumtrader.schemas.deadletter.DeadLetter.of(
        LetterReader.EXECUTOR,
        new Source(
            source.topic(),
            source.partition(),
            source.offset(),
            source.key(),
            source.value(),
            source.headers()),
        new Failure(
            ReasonCode.named(letter.error()).orElse(ReasonCode.VALUE_UNREADABLE),
            letter.error(),
            letter.message(),
            ""),
        0,
        Math.max(0, source.timestamp()));
  }
}
