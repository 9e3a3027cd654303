package io.quantumtrader.topology.poison;

import io.quantumtrader.topology.TableLetters;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Keeps letters of the tables, as the broker would. */
final class KeptLetters implements TableLetters {

  private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();

  @Override
  public void bury(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {
    letters.add(letter);
  }

  /** Returns how many there are so far. */
  int count() {
    return letters.size();
  }

  @Override
  public void close() {}
}
