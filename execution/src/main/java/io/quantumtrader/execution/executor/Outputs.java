package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is to be written in the next transaction, in order. */
final class Outputs {

  /**
   * A record to write.
   *
   * @param timestampMs record time, the clock
   */
  record Output(Topic topic, int partition, String key, SpecificRecord value, long timestampMs) {}

  /**
   * A record that could not be read or does not belong where it lies.
   *
   * @param source the record
   * @param error what is wrong with it, for machines
   * @param message the same for people
   */
  record DeadLetter(ConsumerRecord<byte[], byte[]> source, String error, String message) {}

  private final List<Output> records = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  void add(Topic topic, int partition, String key, SpecificRecord value, long timestampMs) {
    records.add(new Output(topic, partition, key, value, timestampMs));
  }

  void add(DeadLetter letter) {
    deadLetters.add(letter);
  }

  List<Output> records() {
    return records;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  boolean isEmpty() {
    return records.isEmpty() && deadLetters.isEmpty();
  }
}
