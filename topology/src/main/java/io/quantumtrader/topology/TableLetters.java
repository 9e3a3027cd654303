package io.quantumtrader.topology;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where dead letters of the global tables go. Streams has no producer in the thread that reads
 * them, and forwards nothing from there. May be used by several threads.
 */
public interface TableLetters extends AutoCloseable {

  /** Name of the setting under which the process passes it to the topology. */
  String SETTING = "quantum.table.letters";

  /**
   * Takes the letter of a record that can be no row.
   *
   * @param source partition of the record
   * @param offset its offset
   */
  void bury(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter);

  /** Lets what was taken go out, as far as that is possible soon. It may be used again after. */
  @Override
  void close();

  /** Returns the one in a Streams configuration, or one that writes to its broker. */
  static TableLetters in(Map<String, ?> configuration) {
    return configuration.get(SETTING) instanceof TableLetters letters
        ? letters
        : new BrokerTableLetters(configuration);
  }
}
