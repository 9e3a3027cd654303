package io.quantumtrader.schemas.registration;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.AvroSerializer;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the default policy where its key is absent or deleted. */
final class PolicyBootstrap {

  private static final byte[] KEY = Policies.DEFAULT.getBytes(StandardCharsets.UTF_8);

  private final Map<String, Object> clients;
  private final Duration timeout;

  PolicyBootstrap(Map<String, Object> clients, Duration timeout) {
    this.clients = clients;
    this.timeout = timeout;
  }

  /** Returns whether the policy was absent, and this one has been written. */
  boolean writeIfAbsent(Policy initial) {
    if (isPresent()) {
      return false;
    }
    write(initial);
    return true;
  }

  /**
   * Whether there is a row of the key, which is in one partition only. Invalid rows are skipped, as
   * in the stages: they neither make a row nor remove one.
   */
  private boolean isPresent() {
    AtomicBoolean present = new AtomicBoolean();
    new TopicReader(clients, timeout)
        .readLast(
            Topic.POLICY,
            Long.MAX_VALUE,
            record -> {
              if (!Arrays.equals(KEY, record.key())) {
                return;
              }
              if (record.value() == null) {
                present.set(false);
              } else if (isRow(record)) {
                present.set(true);
              }
            });
    return present.get();
  }

  private boolean isRow(ConsumerRecord<byte[], byte[]> record) {
    try (RecordSerdes serdes = new RecordSerdes(clients)) {
      Policy policy =
          serdes.of(Policy.class).deserializer().deserialize(record.topic(), record.value());
      return TableRow.flaw(Topic.POLICY, Policies.DEFAULT, policy).isEmpty();
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException unreadable) {
      return false;
    }
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
