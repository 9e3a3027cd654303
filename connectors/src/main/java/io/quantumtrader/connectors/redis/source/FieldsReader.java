package io.quantumtrader.connectors.redis.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Entries as they are: a map of texts, or a struct of the fields that the mapping names. */
final class FieldsReader implements EntryReader {

  private static final Schema MAP =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();

  private final String keyField;
  private final List<FieldSpec> fields;
  private String topic;
  private Schema struct;

  /**
   * A field of the value.
   *
   * @param name its name in the value
   * @param from its name in the entry; null: the same
   * @param type {@code string}, {@code int64}, {@code float64}, {@code boolean} (true, 1, yes and
   *     false, 0, no in any case) or {@code decimal:scale}; null: string
   * @param optional whether entries may lack it
   */
  public record FieldSpec(String name, String from, String type, boolean optional) {

    public FieldSpec {
      if (name == null || name.isBlank()) {
        throw new ConfigException("a field of the mapping has no name");
      }
      from = from == null ? name : from;
      type = type == null ? "string" : type;
      schema(type, optional);
    }

    Schema schema() {
      return schema(type, optional);
    }

    private static Schema schema(String type, boolean optional) {
      SchemaBuilder builder =
          switch (type.replaceFirst(":\\d{1,2}$", ":n")) {
            case "string" -> SchemaBuilder.string();
            case "int64" -> SchemaBuilder.int64();
            case "float64" -> SchemaBuilder.float64();
            case "boolean" -> SchemaBuilder.bool();
            case "decimal:n" -> Decimal.builder(scale(type));
            default ->
                throw new ConfigException(
                    "type "
                        + type
                        + " is unknown; use string, int64, float64, boolean or"
                        + " decimal:scale");
          };
      return optional ? builder.optional().build() : builder.build();
    }

    private static int scale(String type) {
      return Integer.parseInt(type.substring(type.indexOf(':') + 1));
    }

    Object convert(String text) {
      try {
        return switch (type.charAt(0)) {
          case 's' -> text;
          case 'i' -> Long.valueOf(text.strip());
          case 'f' -> Double.valueOf(text.strip());
          case 'b' -> truth(text);
          default -> new BigDecimal(text.strip()).setScale(scale(type), RoundingMode.UNNECESSARY);
        };
      } catch (ArithmeticException | IllegalArgumentException wrong) {
        throw new UnreadableEntryException(
            "FIELD_INVALID", "field " + from + " is not a valid " + type + ": " + text);
      }
    }

    private static boolean truth(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes" -> true;
        case "false", "0", "no" -> false;
        default -> throw new IllegalArgumentException("not true or false");
      };
    }
  }

  FieldsReader(String keyField, List<FieldSpec> fields) {
    this.keyField = keyField;
    this.fields = fields == null ? List.of() : List.copyOf(fields);
  }

  @Override
  public void configure(String topicName, Map<String, String> settings) {
    topic = topicName;
    if (!fields.isEmpty()) {
      SchemaBuilder builder = SchemaBuilder.struct().name(topicName);
      fields.forEach(field -> builder.field(field.name(), field.schema()));
      struct = builder.build();
    }
  }

  @Override
  public List<Output> read(StreamEntry entry) {
    Map<String, String> text = entry.text();
    String key = keyField == null ? entry.id().toString() : required(text, keyField);
    List<Output> outputs = new ArrayList<>(1);
    if (struct == null) {
      outputs.add(new Output(topic, key, MAP, text));
    } else {
      Struct value = new Struct(struct);
      for (FieldSpec field : fields) {
        boolean absent = field.optional() && !text.containsKey(field.from());
        value.put(field.name(), absent ? null : field.convert(required(text, field.from())));
      }
      outputs.add(new Output(topic, key, struct, value));
    }
    return outputs;
  }

  private static String required(Map<String, String> text, String name) {
    String value = text.get(name);
    if (value == null) {
      throw new UnreadableEntryException("FIELD_MISSING", "field " + name + " is missing");
    }
    return value;
  }
}
