package io.quantumtrader.execution.executor;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of one session. */
interface ExecutorClients {

  /** Returns a consumer in the executor's group, which reads committed records only. */
  Consumer<byte[], byte[]> plans();

  /** Returns a consumer with the market group's name, which reads committed records only. */
  Consumer<byte[], byte[]> market();

  /** Returns a consumer without a group, to ask for ends of what is committed. */
  Consumer<byte[], byte[]> ends();

  /** Returns a producer with the instance's transactional id; it ends an earlier one's life. */
  Producer<byte[], byte[]> producer();

  HistoryReader history(RecordCodec codec);
}
