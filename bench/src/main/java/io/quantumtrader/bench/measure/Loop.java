package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter;
import io.quantumtrader.bench.run.CpuMeter.Spent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * (a) The limit: reads an input topic and, in the same transactions, writes what the pipeline wrote
 * for such an input. It decides nothing and keeps nothing; nobody who writes these records with
 * Kafka's own clients can be much cheaper.
 */
final class Loop implements AutoCloseable {

  private static final String ID = "bench-loop";
  private static final int BATCH = 500;
  private static final Duration NO_LONGER_THAN = Duration.ofMinutes(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<TopicPartition> input;

  /** Prepares the loop over a topic. */
  Loop(BenchStack stack, String topic, int partitions) {
    input = IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
    Map<String, Object> reads = new HashMap<>(stack.kafka());
    reads.put(ConsumerConfig.CLIENT_ID_CONFIG, ID);
    reads.put(ConsumerConfig.GROUP_ID_CONFIG, ID);
    reads.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reads.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reads.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    consumer = new KafkaConsumer<>(reads, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(input);
    Map<String, Object> writes = new HashMap<>(stack.kafka());
    writes.put(ProducerConfig.CLIENT_ID_CONFIG, ID);
    writes.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ID);
    // As the pipeline: with several under way, a busy broker may see them out of order.
    writes.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    producer = new KafkaProducer<>(writes, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /**
   * Runs over the first inputs of the topic.
   *
   * @param inputs how many inputs
   * @param written what the pipeline wrote
   * @param writtenFor for how many inputs it wrote that
   * @return what it took, in threads that have {@link #id} in their names
   */
  Spent run(int inputs, List<ProducerRecord<byte[], byte[]>> written, int writtenFor) {
    consumer.seekToBeginning(input);
    input.forEach(consumer::position);
    Thread current = Thread.currentThread();
    String name = current.getName();
    current.setName(ID);
    try {
      CpuMeter.Reading begin = CpuMeter.read();
      play(inputs, written, writtenFor);
      return CpuMeter.read().since(begin);
    } finally {
      current.setName(name);
    }
  }

  private void play(int inputs, List<ProducerRecord<byte[], byte[]>> written, int writtenFor) {
    long end = System.nanoTime() + NO_LONGER_THAN.toNanos();
    long done = 0;
    while (done < inputs) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the loop found " + done + " of " + inputs + " inputs");
      }
      ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofMillis(100));
      if (batch.isEmpty()) {
        continue;
      }
      producer.beginTransaction();
      long after = done + batch.count();
      for (long next = share(done, written, writtenFor);
          next < share(after, written, writtenFor);
          next++) {
        ProducerRecord<byte[], byte[]> record = written.get((int) (next % written.size()));
        var unused = producer.send(record);
      }
      producer.sendOffsetsToTransaction(batch.nextOffsets(), consumer.groupMetadata());
      producer.commitTransaction();
      done = after;
    }
  }

  /** Returns how many records belong to so many inputs. */
  private static long share(
      long inputs, List<ProducerRecord<byte[], byte[]>> written, int writtenFor) {
    return inputs * written.size() / writtenFor;
  }

  /** Returns what is in the names of its threads. */
  static String id() {
    return ID;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    consumer.close();
  }
}
