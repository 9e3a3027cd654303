package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of the registry's wire format with the schema they were written with, for tools
 * that know no generated class. Strings are {@link String}, decimals {@link java.math.BigDecimal}
 * at the scale of their schema. Throws what {@link AvroDeserializer} throws.
 */
public final class GenericAvroDeserializer implements Deserializer<GenericRecord> {

  private static final GenericData DATA = new GenericData();

  static {
    DATA.addLogicalTypeConversion(new Conversions.DecimalConversion());
  }

  private ThreadLocal<RecordReader<GenericRecord>> readers;
  private SchemaRegistry owned;

  /** For Kafka, which calls {@link #configure} next. */
  public GenericAvroDeserializer() {}

  /** Creates a deserializer that is ready; the registry stays the caller's. */
  public GenericAvroDeserializer(SchemaRegistry registry) {
    start(registry);
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    AvroSerializer.refuseKeys(isKey);
    owned = new SerdeConfig(configuration).registry();
    start(owned);
  }

  private void start(SchemaRegistry registry) {
    readers =
        ThreadLocal.withInitial(
            () -> new RecordReader<>(registry, GenericAvroDeserializer::reader));
  }

  @Override
  public GenericRecord deserialize(String topic, byte[] data) {
    return data == null ? null : readers.get().read(topic, data, 0, data.length);
  }

  @Override
  public GenericRecord deserialize(String topic, Headers headers, ByteBuffer data) {
    return data == null ? null : readers.get().read(topic, data);
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  /** Avro's own default for strings is a mutable byte string that equals no {@link String}. */
  private static DatumReader<GenericRecord> reader(Schema written) {
    Schema wanted = new Schema.Parser().parse(written.toString());
    wantJavaStrings(wanted, new HashSet<>());
    return new GenericDatumReader<>(written, wanted, DATA);
  }

  private static void wantJavaStrings(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case STRING -> GenericData.setStringType(schema, GenericData.StringType.String);
      case MAP -> {
        GenericData.setStringType(schema, GenericData.StringType.String);
        wantJavaStrings(schema.getValueType(), seen);
      }
      case ARRAY -> wantJavaStrings(schema.getElementType(), seen);
      case UNION -> schema.getTypes().forEach(branch -> wantJavaStrings(branch, seen));
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          schema.getFields().forEach(field -> wantJavaStrings(field.schema(), seen));
        }
      }
      default -> {}
    }
  }
}
