package io.quantumtrader.connectors.importing;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What is known of an account on its topics, and the one transaction that brings positions in. */
public final class AccountTopics {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, Object> client;
  private final RecordSerdes serdes;

  /**
   * Names the place; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   */
  public AccountTopics(Map<String, Object> client, RecordSerdes serdes) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
  }

  /**
   * What there is of an account.
   *
   * @param exchange the account as the exchange had it last
   * @param rows symbols with a ledger row, flat ones too
   * @param open symbols in which a position is open
   */
  public record Known(Optional<ExchangeAccount> exchange, Set<String> rows, Set<String> open) {}

  /**
   * Reads what there is of an account.
   *
   * @throws KafkaException if it cannot be read
   */
  public Known read(String account) {
    Map<String, ExchangeAccount> exchange = new HashMap<>();
    each(
        Topic.EXCHANGE_ACCOUNT,
        account,
        (key, value) ->
            exchange.put(
                key,
                serdes
                    .of(ExchangeAccount.class)
                    .deserializer()
                    .deserialize(Topic.EXCHANGE_ACCOUNT.topicName(), value)));
    Map<String, PositionLedger> ledger = new HashMap<>();
    each(
        Topic.POSITION_LEDGER,
        account,
        (key, value) -> {
          if (Accounts.accountOf(key).equals(account)) {
            ledger.put(
                Accounts.symbolOf(key),
                serdes
                    .of(PositionLedger.class)
                    .deserializer()
                    .deserialize(Topic.POSITION_LEDGER.topicName(), value));
          }
        });
    ledger.values().removeIf(row -> row == null);
    Set<String> open = new TreeSet<>(ledger.keySet());
    open.removeIf(symbol -> ledger.get(symbol).getSide() == PositionSide.FLAT);
    return new Known(
        Optional.ofNullable(exchange.get(account)), new TreeSet<>(ledger.keySet()), open);
  }

  /**
   * Returns the steps of quantities, by symbol, of the instruments that are known.
   *
   * @throws KafkaException if they cannot be read
   */
  public Map<String, BigDecimal> steps() {
    Map<String, BigDecimal> steps = new HashMap<>();
    TopicReader reader = new TopicReader(client, PATIENCE);
    for (int partition = 0; partition < reader.partitions(Topic.INSTRUMENT); partition++) {
      reader.read(
          new TopicPartition(Topic.INSTRUMENT.topicName(), partition),
          0,
          Long.MAX_VALUE,
          record -> put(steps, record.key(), record.value()));
    }
    return steps;
  }

  private void put(Map<String, BigDecimal> steps, byte[] key, byte[] value) {
    Instrument instrument =
        serdes.of(Instrument.class).deserializer().deserialize(Topic.INSTRUMENT.topicName(), value);
    String symbol = new String(key, StandardCharsets.UTF_8);
    if (instrument == null || instrument.getStepSize().signum() <= 0) {
      steps.remove(symbol);
    } else {
      steps.put(symbol, instrument.getStepSize());
    }
  }

  /**
   * Writes everything, or nothing.
   *
   * @throws KafkaException if it cannot be written
   */
  public void write(Adoption adoption, long nowMs) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "quantum-import-" + UUID.randomUUID());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    String account = adoption.exchange().getAccount();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      send(
          producer,
          Topic.EXCHANGE_ACCOUNT,
          account,
          nowMs,
          serdes
              .of(ExchangeAccount.class)
              .serializer()
              .serialize(Topic.EXCHANGE_ACCOUNT.topicName(), adoption.exchange()));
      for (ApplyResult fill : adoption.fills()) {
        send(
            producer,
            Topic.APPLY_RESULT,
            account,
            nowMs,
            serdes
                .of(ApplyResult.class)
                .serializer()
                .serialize(Topic.APPLY_RESULT.topicName(), fill));
      }
      producer.commitTransaction();
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      Topic topic,
      String account,
      long nowMs,
      byte[] value) {
    int partition = Accounts.partitionOf(account, producer.partitionsFor(topic.topicName()).size());
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic.topicName(),
                partition,
                nowMs,
                account.getBytes(StandardCharsets.UTF_8),
                value));
  }

  private void each(Topic topic, String account, BiConsumer<String, byte[]> row) {
    TopicReader reader = new TopicReader(client, PATIENCE);
    int count = reader.partitions(topic);
    if (count == 0) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topic.topicName());
    }
    reader.read(
        new TopicPartition(topic.topicName(), Accounts.partitionOf(account, count)),
        0,
        Long.MAX_VALUE,
        record -> row.accept(new String(record.key(), StandardCharsets.UTF_8), record.value()));
  }
}
