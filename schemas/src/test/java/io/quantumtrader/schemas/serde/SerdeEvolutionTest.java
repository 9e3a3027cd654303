package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.registry.MemorySchemaRegistry;
import io.quantumtrader.schemas.testing.MockSchemaRegistry;
import io.quantumtrader.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Records that an older or a newer build wrote. */
class SerdeEvolutionTest {

  private static final String TOPIC = Topic.TRADE_INTENT.topicName();
  private static final Schema CURRENT = ContractSchema.of(TradeIntent.getClassSchema());

  private final MemorySchemaRegistry registry =
      MockSchemaRegistry.named(UUID.randomUUID().toString());
  private final AvroDeserializer<TradeIntent> deserializer =
      new AvroDeserializer<>(registry, TradeIntent.class);

  /** The current schema, changed. */
  private static Schema changed(Consumer<ArrayNode> fields) throws JsonProcessingException {
    ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(CURRENT.toString());
    fields.accept((ArrayNode) schema.get("fields"));
    return new Schema.Parser().parse(schema.toString());
  }

  private static ObjectNode field(ArrayNode fields, String name) {
    for (JsonNode field : fields) {
      if (field.get("name").asText().equals(name)) {
        return (ObjectNode) field;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static void remove(ArrayNode fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).get("name").asText().equals(name)) {
        fields.remove(i);
        return;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static GenericRecord intent(Schema schema) {
    GenericRecord intent = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.hasDefaultValue()) {
        intent.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    intent.put("intentId", "1-0");
    intent.put("symbol", "BTCUSDT");
    intent.put("createdAtMs", 5L);
    intent.put("amount", new BigDecimal("0.008450704225352112"));
    return intent;
  }

  private static Object symbol(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
  }

  private byte[] written(GenericRecord value) throws IOException {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int id = registry.register(TOPIC + "-value", value.getSchema());
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(value.getSchema(), data).write(value, encoder);
    return bytes.toByteArray();
  }

  @Test
  void shouldFillInWhatAnOlderWriterDidNotKnow() throws IOException {
    // given
    Schema older =
        changed(
            fields -> {
              remove(fields, "account");
              remove(fields, "sizing");
              remove(fields, "unreadable");
              remove(fields, "atr");
            });
    GenericRecord value = intent(older);
    value.put("action", symbol(older, "action", "BUY"));

    // when
    TradeIntent read = deserializer.deserialize(TOPIC, written(value));

    // then
    assertThat(read)
        .isEqualTo(
            TradeIntent.newBuilder()
                .setIntentId("1-0")
                .setSymbol("BTCUSDT")
                .setAction(IntentAction.BUY)
                .setAmount(new BigDecimal("0.008450704225352112"))
                .setCreatedAtMs(5)
                .setAccount("main")
                .setSizing(Sizing.NONE)
                .build());
  }

  @Test
  void shouldPassOverWhatANewerWriterAdds() throws IOException {
    // given
    Schema newer =
        changed(
            fields -> {
              fields.insertObject(0).put("name", "note").put("type", "string").put("default", "");
              fields.addObject().put("name", "priority").put("type", "int").put("default", 0);
            });
    GenericRecord value = intent(newer);
    value.put("note", "new");
    value.put("priority", 9);
    value.put("action", symbol(newer, "action", "SELL"));

    // when
    TradeIntent read = deserializer.deserialize(TOPIC, written(value));

    // then
    assertThat(read.getIntentId()).isEqualTo("1-0");
    assertThat(read.getAction()).isEqualTo(IntentAction.SELL);
    assertThat(read.getAmount()).isEqualTo(new BigDecimal("0.008450704225352112"));
    assertThat(read.getCreatedAtMs()).isEqualTo(5);
  }

  @Test
  void shouldReadASymbolOfANewerWriterAsUnrecognized() throws IOException {
    // given
    Schema newer =
        changed(
            fields -> {
              ((ArrayNode) field(fields, "action").at("/type/symbols")).add("HEDGE");
              ((ArrayNode) field(fields, "sizing").at("/type/symbols")).insert(1, "RISK");
            });
    GenericRecord value = intent(newer);
    value.put("action", symbol(newer, "action", "HEDGE"));
    value.put("sizing", symbol(newer, "sizing", "QUANTITY"));
    GenericRecord other = intent(newer);
    other.put("action", symbol(newer, "action", "CLOSE"));
    other.put("sizing", symbol(newer, "sizing", "RISK"));

    // when
    TradeIntent first = deserializer.deserialize(TOPIC, written(value));
    TradeIntent second = deserializer.deserialize(TOPIC, written(other));

    // then
    assertThat(first.getAction()).isEqualTo(IntentAction.UNRECOGNIZED);
    assertThat(first.getSizing()).isEqualTo(Sizing.QUANTITY);
    assertThat(second.getAction()).isEqualTo(IntentAction.CLOSE);
    assertThat(second.getSizing()).isEqualTo(Sizing.UNRECOGNIZED);
  }

  @Test
  void shouldRefuseAWriterWhoseFieldHasAnotherType() throws IOException {
    // given
    Schema other = changed(fields -> field(fields, "createdAtMs").put("type", "string"));
    GenericRecord value = intent(other);
    value.put("createdAtMs", "soon");
    value.put("action", symbol(other, "action", "BUY"));
    byte[] bytes = written(value);

    // when, then
    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith(
            "reading a value of topic quantum.trade.intent (subject quantum.trade.intent-value,"
                + " schema id 1): ")
        .hasMessageContaining("expecting long");
  }

  @Test
  void shouldRefuseAWriterWhoseDecimalHasAnotherScale() throws IOException {
    // given
    Schema other =
        changed(fields -> ((ObjectNode) field(fields, "amount").at("/type/1")).put("scale", 8));
    GenericRecord value = intent(other);
    value.put("amount", new BigDecimal("1.00000000"));
    value.put("action", symbol(other, "action", "BUY"));
    byte[] bytes = written(value);

    // when, then
    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("decimal(38,8) against decimal(38,18)");
  }
}
