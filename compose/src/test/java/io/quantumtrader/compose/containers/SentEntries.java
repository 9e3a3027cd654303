package io.quantumtrader.compose.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.PlanIds;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Entries that a test sends by Redis and by Kafka, one symbol after the other. */
final class SentEntries implements AutoCloseable {

  private static final String ACCOUNT = "main";
  private static final int HEADER = 5;
  private static final String INTENTS = "quantum:stream:trade.intent";

  private final RecordSerdes serdes;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RedisCommands<String, String> redis;
  private List<String> symbols = List.of();
  private int made;
  private int sent;

  /** The symbol of each, by its id. */
  private final Map<String, String> entries = new LinkedHashMap<>();

  SentEntries(Endpoints endpoints, RecordSerdes serdes, RedisCommands<String, String> redis) {
    this.serdes = serdes;
    this.redis = redis;
    producer =
        new KafkaProducer<>(
            endpoints.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns the ids of all that were sent. */
  Set<String> ids() {
    return entries.keySet();
  }

  /** Returns the id of the plan that comes of an entry if one does. */
  String planId(String id) {
    return PlanIds.ofIntent(ACCOUNT, id, entries.get(id), OrderSide.BUY);
  }

  /** Sends one by Redis, as the old producers do, and returns its id. */
  String sendByRedis() throws IOException {
    readSymbols();
    String symbol = nextSymbol();
    String id =
        redis.xadd(
            INTENTS,
            Map.of(
                "payload",
                ("{\"symbol\": \"%s\", \"action\": \"BUY\", \"position_usd\": 300.0,"
                        + " \"leverage\": 2.0, \"timestamp\": %d}")
                    .formatted(symbol, System.currentTimeMillis() / 1000)));
    entries.put(id, symbol);
    return id;
  }

  /** Sends one by Kafka, whose header names this schema; 0: the one that everybody knows. */
  void sendByKafka(int schemaId) {
    String id = "outage-" + ++sent;
    String symbol = nextSymbol();
    String topic = Topic.TRADE_INTENT.topicName();
    byte[] value = bytes(intent(id, symbol));
    if (schemaId != 0) {
      ByteBuffer.wrap(value, 1, HEADER - 1).putInt(schemaId);
    }
    var unused =
        producer.send(
            new ProducerRecord<>(topic, null, ACCOUNT.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
    entries.put(id, symbol);
  }

  private byte[] bytes(TradeIntent intent) {
    return serdes
        .of(TradeIntent.class)
        .serializer()
        .serialize(Topic.TRADE_INTENT.topicName(), intent);
  }

  private static TradeIntent intent(String id, String symbol) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(ACCOUNT)
        .setSymbol(symbol)
        .setAction(IntentAction.OPEN_LONG)
        .setSizing(Sizing.MARGIN)
        .setAmount(new BigDecimal("100"))
        .setLeverage(2.0)
        .setConfidence(0.8)
        .setSource("test")
        .setCreatedAtMs(System.currentTimeMillis())
        .build();
  }

  /**
   * Registers another version of the schema. Only a note is new, so that the bytes of the old
   * schema are bytes of this one too.
   */
  int registerNextVersion() {
    String subject = Topic.TRADE_INTENT.subject();
    Schema known = serdes.registry().latest(subject).schema();
    int before = serdes.registry().idOf(subject, known);
    // The serializer asks for the id of its own schema now, while the registry is there.
    byte[] unused = bytes(intent("none", "BTCUSDT"));
    Schema next = new Schema.Parser().parse(known.toString());
    next.addProp("note", "a later version");
    int id = serdes.registry().register(subject, next);
    assertThat(id).isNotEqualTo(before);
    return id;
  }

  /** Reads what may be opened; what goes by Kafka uses what was read last, as Redis may be gone. */
  private void readSymbols() throws IOException {
    String universe = redis.get("quantum:cfg:universe:top10");
    if (universe != null) {
      List<String> found = new ArrayList<>();
      JsonNode read = new JsonMapper().readTree(universe);
      (read.isArray() ? read : read.path("symbols")).forEach(one -> found.add(one.asText()));
      symbols = found.isEmpty() ? symbols : found;
    }
  }

  private String nextSymbol() {
    return symbols.isEmpty() ? "BTCUSDT" : symbols.get(made++ % symbols.size());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
