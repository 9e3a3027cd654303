package io.quantumtrader.connectors.avro;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Translates Avro records to Connect's data: decimals to Connect decimals, enums to text, nullable
 * unions to optional fields, records to structs. Each schema is translated once.
 */
public final class AvroToConnect {

  private final Map<Schema, Translation> translations = new ConcurrentHashMap<>();

  /**
   * Returns a record, generic or generated, as a struct.
   *
   * @throws DataException if its schema has no Connect form: a recursive record, or a union of
   *     several types
   */
  public SchemaAndValue toConnect(IndexedRecord record) {
    Translation translation = translations.get(record.getSchema());
    if (translation == null) {
      translation = new Compiler().compile(record.getSchema(), false);
      translations.put(record.getSchema(), translation);
    }
    return new SchemaAndValue(translation.schema(), translation.apply(record));
  }

  /** Translates one schema. */
  private static final class Compiler {

    private final Deque<String> enclosing = new ArrayDeque<>();

    Translation compile(Schema schema, boolean optional) {
      LogicalType logical = schema.getLogicalType();
      if (logical != null) {
        Translation translation = logical(schema, logical, optional);
        if (translation != null) {
          return translation;
        }
      }
      return switch (schema.getType()) {
        case BOOLEAN -> asIs(SchemaBuilder.bool(), optional);
        case INT -> asIs(SchemaBuilder.int32(), optional);
        case LONG -> asIs(SchemaBuilder.int64(), optional);
        case FLOAT -> asIs(SchemaBuilder.float32(), optional);
        case DOUBLE -> asIs(SchemaBuilder.float64(), optional);
        case STRING -> converted(SchemaBuilder.string(), optional, Object::toString);
        case ENUM ->
            converted(SchemaBuilder.string().doc(schema.getDoc()), optional, Object::toString);
        case BYTES -> asIs(SchemaBuilder.bytes(), optional);
        case FIXED -> converted(SchemaBuilder.bytes(), optional, Compiler::bytesOfFixed);
        case ARRAY -> array(schema, optional);
        case MAP -> map(schema, optional);
        case RECORD -> record(schema, optional);
        case UNION -> union(schema, optional);
        case NULL ->
            throw new DataException("a field that is always null cannot be converted to Connect");
      };
    }

    private static Translation logical(Schema schema, LogicalType logical, boolean optional) {
      if (logical instanceof LogicalTypes.Decimal decimal) {
        return asIs(Decimal.builder(decimal.getScale()), optional);
      }
      return switch (schema.getType() + " " + logical.getName()) {
        case "INT date" -> converted(Date.builder(), optional, Compiler::daysToDate);
        case "INT time-millis" -> converted(Time.builder(), optional, Compiler::millisToDate);
        case "LONG timestamp-millis" ->
            converted(Timestamp.builder(), optional, Compiler::millisToDate);
        default -> null;
      };
    }

    private Translation array(Schema schema, boolean optional) {
      Translation items = compile(schema.getElementType(), false);
      return converted(
          SchemaBuilder.array(items.schema()),
          optional,
          value -> {
            List<Object> converted = new ArrayList<>();
            ((Iterable<?>) value).forEach(item -> converted.add(items.apply(item)));
            return converted;
          });
    }

    private Translation map(Schema schema, boolean optional) {
      Translation values = compile(schema.getValueType(), false);
      return converted(
          SchemaBuilder.map(org.apache.kafka.connect.data.Schema.STRING_SCHEMA, values.schema()),
          optional,
          value -> {
            Map<String, Object> converted = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                .forEach((name, item) -> converted.put(name.toString(), values.apply(item)));
            return converted;
          });
    }

    private Translation record(Schema schema, boolean optional) {
      if (enclosing.contains(schema.getFullName())) {
        throw new DataException(
            schema.getFullName() + " contains itself and cannot be converted to Connect");
      }
      enclosing.push(schema.getFullName());
      SchemaBuilder builder =
          SchemaBuilder.struct().name(schema.getFullName()).doc(schema.getDoc());
      List<Translation> fields = new ArrayList<>();
      for (Schema.Field field : schema.getFields()) {
        Translation translation = compile(field.schema(), false);
        builder.field(field.name(), translation.schema());
        fields.add(translation);
      }
      enclosing.pop();
      org.apache.kafka.connect.data.Schema struct = finish(builder, optional);
      return new Translation(struct, value -> struct(struct, fields, (IndexedRecord) value));
    }

    private static Struct struct(
        org.apache.kafka.connect.data.Schema schema,
        List<Translation> translations,
        IndexedRecord record) {
      Struct struct = new Struct(schema);
      List<org.apache.kafka.connect.data.Field> fields = schema.fields();
      for (int i = 0; i < translations.size(); i++) {
        struct.put(fields.get(i), translations.get(i).apply(record.get(i)));
      }
      return struct;
    }

    private Translation union(Schema schema, boolean optional) {
      List<Schema> branches = new ArrayList<>(schema.getTypes());
      boolean nullable = branches.removeIf(branch -> branch.getType() == Schema.Type.NULL);
      if (branches.size() != 1) {
        throw new DataException(
            "a union of several types cannot be converted to Connect: " + schema);
      }
      return compile(branches.getFirst(), optional || nullable);
    }

    private static Translation asIs(SchemaBuilder builder, boolean optional) {
      return converted(builder, optional, UnaryOperator.identity());
    }

    private static Translation converted(
        SchemaBuilder builder, boolean optional, UnaryOperator<Object> convert) {
      return new Translation(finish(builder, optional), convert);
    }

    private static org.apache.kafka.connect.data.Schema finish(
        SchemaBuilder builder, boolean optional) {
      return optional ? builder.optional().build() : builder.build();
    }

    private static Object bytesOfFixed(Object value) {
      return ByteBuffer.wrap(((GenericFixed) value).bytes());
    }

    @SuppressWarnings("JavaUtilDate") // Connect's own logical types for times use it.
    private static Object daysToDate(Object value) {
      return new java.util.Date(((Integer) value) * 86_400_000L);
    }

    @SuppressWarnings("JavaUtilDate")
    private static Object millisToDate(Object value) {
      return new java.util.Date(((Number) value).longValue());
    }
  }
}
