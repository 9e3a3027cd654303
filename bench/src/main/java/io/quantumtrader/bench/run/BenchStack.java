package io.quantumtrader.bench.run;

import io.quantumtrader.compose.EmbeddedConnect;
import io.quantumtrader.compose.Progress;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.StackSettings;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker, a registry and Redis of their own for one measurement, with all topics and schemas, and
 * a producer for what is to be measured with. Nothing of it is left when it is closed, or when the
 * process ends.
 */
public final class BenchStack implements AutoCloseable {

  /** Partitions of the topics: those of an installation on one machine. */
  public static final PartitionCounts COUNTS = PartitionCounts.DEFAULT;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Stack stack;
  private final Thread onExit;
  private final RecordSerdes serdes;
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private BenchStack(Stack stack) {
    this.stack = stack;
    onExit = new Thread(stack::close, "close-stack");
    Runtime.getRuntime().addShutdownHook(onExit);
    serdes = new RecordSerdes(registry());
    admin = Admin.create(own());
    Map<String, Object> settings = own();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Starts the stack and creates topics and schemas.
   *
   * @param connect whether Kafka Connect is needed
   * @param nowMs time of the first records, epoch ms
   */
  public static BenchStack start(boolean connect, long nowMs) {
    StackSettings settings = StackSettings.embedded();
    BenchStack started =
        new BenchStack(
            Stack.start(connect ? settings : settings.withoutConnect(), Progress.silent()));
    Map<String, Object> clients = new HashMap<>(started.kafka());
    clients.putAll(started.registry());
    TopicSettings topics =
        new TopicSettings(COUNTS, TopicSettings.BROKER_DEFAULT, Map.of("retention.ms", "-1"));
    new Registration(clients, topics, TIMEOUT).run(nowMs);
    return started;
  }

  private Map<String, Object> registry() {
    return Map.of(
        "schema.registry.url", stack.schemaRegistryUrl(), "auto.register.schemas", "false");
  }

  /** Returns the configuration every Kafka client starts from. */
  public Map<String, Object> kafka() {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
  }

  /** Returns the configuration of a client whose work is not to be measured, to be added to. */
  public Map<String, Object> own() {
    Map<String, Object> settings = new HashMap<>(kafka());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, CpuMeter.OWN);
    return settings;
  }

  /** Returns the serdes; they register nothing. */
  public RecordSerdes serdes() {
    return serdes;
  }

  /** Returns a client for administration, whose work is not measured. */
  public Admin admin() {
    return admin;
  }

  /** Returns the Connect worker, if it was requested. */
  public EmbeddedConnect connect() {
    return stack.connect();
  }

  /** Returns where Redis is. */
  public String redisUri() {
    return stack.redisUri();
  }

  /** Returns where the registry is. */
  public String registryUrl() {
    return stack.schemaRegistryUrl();
  }

  /** Returns a directory of the stack. */
  public Path directory(String name) {
    return stack.directory(name);
  }

  /** Sends a record, to the partition where the pipeline looks for it; does not wait. */
  public void send(Topic topic, String key, SpecificRecord value, long timeMs) {
    send(topic.topicName(), topic, key, bytes(topic, value), timeMs);
  }

  /** Sends a record to a topic that is partitioned like one of the catalog; does not wait. */
  public void send(String name, Topic like, String key, byte[] value, long timeMs) {
    var unused =
        producer.send(
            record(name, like, key, value, timeMs),
            (written, failed) -> {
              if (failed != null) {
                failure.set(failed);
              }
            });
  }

  private static ProducerRecord<String, byte[]> record(
      String name, Topic like, String key, byte[] value, long timeMs) {
    return new ProducerRecord<>(name, partition(like, key), timeMs, key, value);
  }

  /** Returns a value as it travels. */
  @SuppressWarnings("unchecked") // the serde is made for the value's own class
  public <V extends SpecificRecord> byte[] bytes(Topic topic, V value) {
    return serdes.of((Class<V>) value.getClass()).serializer().serialize(topic.topicName(), value);
  }

  /**
   * Waits until all that was sent is there.
   *
   * @throws IllegalStateException if the broker refused any of it
   */
  public void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("a record was refused: " + failure.get(), failure.get());
    }
  }

  private static Integer partition(Topic topic, String key) {
    if (topic == Topic.CLOCK) {
      return Integer.valueOf(key);
    }
    return topic.group() == PartitionGroup.ACCOUNT
        ? Integer.valueOf(
            Accounts.partitionOf(Accounts.accountOf(key), COUNTS.of(PartitionGroup.ACCOUNT)))
        : null;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    serdes.close();
    stack.close();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // The process ends already; the hook closes what is closed.
    }
  }
}
