package io.quantumtrader.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class AvroToConnectTest {

  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "namespace": "n", "doc": "All types.",
               "fields": [
                {"name": "truth", "type": "boolean"},
                {"name": "int", "type": "int"},
                {"name": "long", "type": "long"},
                {"name": "float", "type": "float"},
                {"name": "double", "type": "double"},
                {"name": "text", "type": "string"},
                {"name": "side", "type": {"type": "enum", "name": "Side", "symbols": ["LONG"]}},
                {"name": "bytes", "type": "bytes"},
                {"name": "fixed", "type": {"type": "fixed", "name": "Two", "size": 2}},
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal",
                                           "precision": 38, "scale": 18}},
                {"name": "list", "type": {"type": "array", "items": ["null", "string"]}},
                {"name": "map", "type": {"type": "map", "values": "long"}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
                {"name": "moment", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "none", "type": ["null", "string"]},
                {"name": "inner", "type": [{"type": "record", "name": "Inner", "fields": [
                    {"name": "n", "type": "int"}]}, "null"]}]}
              """);

  private final AvroToConnect translation = new AvroToConnect();

  @Test
  @SuppressWarnings("JavaUtilDate")
  void shouldTranslateEveryType() {
    // given
    Schema inner = EVERYTHING.getField("inner").schema().getTypes().getFirst();
    var record =
        new GenericRecordBuilder(EVERYTHING)
            .set("truth", true)
            .set("int", 1)
            .set("long", 2L)
            .set("float", 3.5f)
            .set("double", 4.5)
            .set("text", new org.apache.avro.util.Utf8("t"))
            .set("side", new GenericData.EnumSymbol(EVERYTHING.getField("side").schema(), "LONG"))
            .set("bytes", ByteBuffer.wrap(new byte[] {1}))
            .set(
                "fixed",
                new GenericData.Fixed(EVERYTHING.getField("fixed").schema(), new byte[] {2, 3}))
            .set("price", new BigDecimal("1.500000000000000000"))
            .set("list", java.util.Arrays.asList("a", null))
            .set("map", Map.of("k", 7L))
            .set("day", 2)
            .set("clock", 1000)
            .set("moment", 1_773_500_000_250L)
            .set("micros", 5L)
            .set("none", null)
            .set("inner", new GenericRecordBuilder(inner).set("n", 9).build())
            .build();

    // when
    SchemaAndValue result = translation.toConnect(record);

    // then
    Struct struct = (Struct) result.value();
    struct.validate();
    assertThat(result.schema().name()).isEqualTo("n.Everything");
    assertThat(result.schema().doc()).isEqualTo("All types.");
    assertThat(struct.getBoolean("truth")).isTrue();
    assertThat(struct.getInt32("int")).isEqualTo(1);
    assertThat(struct.getInt64("long")).isEqualTo(2);
    assertThat(struct.getFloat32("float")).isEqualTo(3.5f);
    assertThat(struct.getFloat64("double")).isEqualTo(4.5);
    assertThat(struct.getString("text")).isEqualTo("t");
    assertThat(struct.getString("side")).isEqualTo("LONG");
    assertThat(struct.getBytes("bytes")).isEqualTo(new byte[] {1});
    assertThat(struct.getBytes("fixed")).isEqualTo(new byte[] {2, 3});
    assertThat(struct.get("price")).isEqualTo(new BigDecimal("1.500000000000000000"));
    assertThat(result.schema().field("price").schema()).isEqualTo(Decimal.schema(18));
    assertThat(struct.getArray("list")).containsExactly("a", null);
    assertThat(struct.getMap("map")).isEqualTo(Map.of("k", 7L));
    assertThat(struct.get("day")).isEqualTo(new java.util.Date(172_800_000L));
    assertThat(result.schema().field("day").schema()).isEqualTo(Date.SCHEMA);
    assertThat(struct.get("clock")).isEqualTo(new java.util.Date(1000));
    assertThat(result.schema().field("clock").schema()).isEqualTo(Time.SCHEMA);
    assertThat(struct.get("moment")).isEqualTo(new java.util.Date(1_773_500_000_250L));
    assertThat(result.schema().field("moment").schema()).isEqualTo(Timestamp.SCHEMA);
    assertThat(struct.getInt64("micros")).isEqualTo(5);
    assertThat(struct.get("none")).isNull();
    assertThat(struct.getStruct("inner").getInt32("n")).isEqualTo(9);
    assertThat(result.schema().field("inner").schema().isOptional()).isTrue();
  }

  @Test
  void shouldTranslateEachSchemaOnce() {
    Schema schema = record("{\"name\": \"a\", \"type\": \"int\"}");

    SchemaAndValue first =
        translation.toConnect(new GenericRecordBuilder(schema).set("a", 1).build());
    SchemaAndValue second =
        translation.toConnect(new GenericRecordBuilder(schema).set("a", 2).build());

    assertThat(second.schema()).isSameAs(first.schema());
  }

  @Test
  void shouldRefuseWhatConnectHasNoFormFor() {
    for (String[] each :
        new String[][] {
          {"[\"int\", \"string\"]", "a union of several types cannot be converted to Connect"},
          {"[\"null\", \"R\"]", "R contains itself and cannot be converted to Connect"},
          {"\"null\"", "a field that is always null cannot be converted to Connect"}
        }) {
      Schema schema = record("{\"name\": \"a\", \"type\": " + each[0] + "}");
      GenericData.Record value = new GenericData.Record(schema);

      assertThatThrownBy(() -> translation.toConnect(value))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(each[1]);
    }
  }

  @Test
  void shouldAllowOneRecordTypeInSeveralFields() {
    Schema schema =
        record(
            "{\"name\": \"a\", \"type\": {\"type\": \"record\", \"name\": \"I\", \"fields\": []}},"
                + " {\"name\": \"b\", \"type\": {\"type\": \"array\", \"items\": \"I\"}}");
    GenericData.Record inner = new GenericData.Record(schema.getField("a").schema());

    Struct struct =
        (Struct)
            translation
                .toConnect(
                    new GenericRecordBuilder(schema)
                        .set("a", inner)
                        .set("b", List.of(inner))
                        .build())
                .value();

    assertThat(struct.getArray("b")).hasSize(1);
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
  }
}
