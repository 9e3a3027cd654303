package io.quantumtrader.execution.executor;

import io.quantumtrader.schemas.topic.ClientIds;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients for a real broker. */
final class KafkaExecutorClients implements ExecutorClients {

  /** A dead executor's open transaction hides results from its successor for no longer. */
  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  /** After this a dead member's partitions go to another; the same instance returns at once. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /**
   * How long the broker holds a fetch open when there is nothing. New records end it at once; but a
   * consumer that turns to other partitions, or closes, has to wait for it.
   */
  private static final int FETCH_MAX_WAIT_MS = 50;

  private static final int API_TIMEOUT_MS = 15_000;
  private static final int MAX_POLL_RECORDS = 2_000;

  private final ExecutorSettings settings;

  KafkaExecutorClients(ExecutorSettings settings) {
    this.settings = settings;
  }

  @Override
  public Consumer<byte[], byte[]> plans() {
    Map<String, Object> config = consumer(ExecutorSettings.GROUP);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member());
    config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    // Gives plans and clock of one account partition to the same member.
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    return new KafkaConsumer<>(config);
  }

  @Override
  public Consumer<byte[], byte[]> market() {
    return new KafkaConsumer<>(consumer(ExecutorSettings.MARKET_GROUP));
  }

  @Override
  public Consumer<byte[], byte[]> ends() {
    return new KafkaConsumer<>(reader());
  }

  private String member() {
    return ExecutorSettings.GROUP + "-" + settings.instanceId();
  }

  private Map<String, Object> consumer(String group) {
    Map<String, Object> config = reader();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return config;
  }

  /** Returns the configuration of a consumer without a group. */
  private Map<String, Object> reader() {
    Map<String, Object> config = common();
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation(IsolationLevel.READ_COMMITTED));
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    return config;
  }

  private static String isolation(IsolationLevel level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    Map<String, Object> config = common();
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, member());
    config.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, API_TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    return new KafkaProducer<>(config);
  }

  @Override
  public HistoryReader history(RecordCodec codec) {
    Map<String, Object> written = reader();
    written.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation(IsolationLevel.READ_UNCOMMITTED));
    return new KafkaHistoryReader(
        this::ends,
        () -> new KafkaConsumer<>(written),
        codec,
        settings.counts(),
        settings.wallMs());
  }

  private Map<String, Object> common() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, ClientIds.of(settings.kafka(), member()));
    return config;
  }
}
