package io.quantumtrader.execution.executor;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of a {@link SteppedExecutor}, over whatever log it is to work on. */
public interface LogClients {

  /**
   * Returns a consumer that reads committed records.
   *
   * @param group consumer group that its positions are committed for; empty for none
   */
  Consumer<byte[], byte[]> consumer(String group);

  /** Returns a consumer without a group that sees what is written, committed or not. */
  Consumer<byte[], byte[]> uncommitted();

  /**
   * Returns a producer that writes in transactions.
   *
   * @param transactionalId its id; a later producer of the same id ends its life
   */
  Producer<byte[], byte[]> producer(String transactionalId);
}
