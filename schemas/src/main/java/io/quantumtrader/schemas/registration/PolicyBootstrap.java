package io.quantumtrader.schemas.registration;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.AvroSerializer;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the default policy where its key is absent or deleted. */
final class PolicyBootstrap {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> clients;
  private final Duration timeout;

  PolicyBootstrap(Map<String, Object> clients, Duration timeout) {
    this.clients = clients;
    this.timeout = timeout;
  }

  /** Returns whether the policy was absent, and has been written. */
  boolean writeIfAbsent(long nowMs) {
    if (isPresent()) {
      return false;
    }
    write(Policies.initial(nowMs));
    return true;
  }

  private boolean isPresent() {
    Map<String, Object> config = new HashMap<>(clients);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.POLICY.topicName(), timeout).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return readToEnd(consumer, consumer.endOffsets(partitions, timeout));
    }
  }

  /**
   * Whether there is a row of the key, which lies in one partition only. What can be no row is
   * passed over, as the stages do: it neither makes a row nor takes one away.
   */
  private boolean readToEnd(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean present = false;
    while (!isRead(consumer, ends)) {
      if (System.nanoTime() - deadline > 0) {
        throw new KafkaException(
            Topic.POLICY.topicName() + " could not be read to its end within " + timeout);
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (Policies.DEFAULT.equals(record.key())) {
          present = record.value() == null ? false : present || isRow(record);
        }
      }
    }
    return present;
  }

  private boolean isRow(ConsumerRecord<String, byte[]> record) {
    try (RecordSerdes serdes = new RecordSerdes(clients)) {
      Policy policy =
          serdes.of(Policy.class).deserializer().deserialize(record.topic(), record.value());
      return TableRow.flaw(Topic.POLICY, record.key(), policy).isEmpty();
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException unreadable) {
      return false;
    }
  }

  private boolean isRead(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), timeout) >= end.getValue());
  }

  private void write(Policy policy) {
    Map<String, Object> config = new HashMap<>(clients);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    AvroSerializer<Policy> serializer = new AvroSerializer<>();
    serializer.configure(clients, false);
    try (Producer<String, Policy> producer =
        new KafkaProducer<>(config, new StringSerializer(), serializer)) {
      producer.send(new ProducerRecord<>(Topic.POLICY.topicName(), Policies.DEFAULT, policy)).get();
    } catch (ExecutionException failed) {
      throw new KafkaException(
          "writing the default policy failed: " + failed.getCause().getMessage(),
          failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException("writing the default policy: interrupted", interrupted);
    }
  }
}
