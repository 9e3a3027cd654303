package io.quantumtrader.schemas.evolution;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What a schema says of the meaning of its values, whether Avro takes it or not: the logical type,
 * also one that Avro does not know or ignores, and the name that Kafka Connect and Debezium give to
 * a type, in which they keep its unit.
 */
final class DeclaredLogicalType {

  /** Stands for no declaration. */
  static final String NONE = "";

  private static final String LOGICAL_TYPE = "logicalType";
  private static final String DECIMAL = "decimal";
  private static final String CONNECT_NAME = "connect.name";
  private static final String CONNECT_DATA = "org.apache.kafka.connect.data.";
  private static final List<String> CONNECT_NUMBERS = List.of("connect.decimal.precision", "scale");

  /** Connect's own names say no more than the logical type that Connect writes beside them. */
  private static final Map<String, String> SAID_TWICE =
      Map.of(
          CONNECT_DATA + "Decimal", DECIMAL,
          CONNECT_DATA + "Date", "date",
          CONNECT_DATA + "Time", "time-millis",
          CONNECT_DATA + "Timestamp", "timestamp-millis");

  /** The logical types of Avro's specification; Avro has no list of them to ask for. */
  private static final Set<String> SPECIFIED =
      Set.of(
          DECIMAL,
          "big-decimal",
          "uuid",
          "date",
          "time-millis",
          "time-micros",
          "timestamp-millis",
          "timestamp-micros",
          "timestamp-nanos",
          "local-timestamp-millis",
          "local-timestamp-micros",
          "local-timestamp-nanos",
          "duration");

  private DeclaredLogicalType() {}

  /** Returns what a type declares, for people; {@link #NONE} where it declares nothing. */
  static String of(Schema schema) {
    String logical = schema.getLogicalType() == null ? raw(schema) : taken(schema.getLogicalType());
    return switch (schema.getType()) {
      // Of a record or enum it is the name, which is compared as such.
      case RECORD, ENUM -> logical;
      default -> joined(logical, connect(schema, logical));
    };
  }

  /** Returns what is declared on a field instead of in its type, where no reader of Avro looks. */
  static String beside(Schema.Field field) {
    String logical = raw(field);
    return joined(logical, connect(field, logical));
  }

  /** Returns why Avro ignores a logical type beside a field's type; empty where there is none. */
  static Optional<String> misplaced(Schema.Field field) {
    String beside = raw(field);
    if (beside.isEmpty()
        || branches(field.schema()).map(DeclaredLogicalType::of).allMatch(beside::equals)) {
      return Optional.empty();
    }
    return Optional.of(
        beside + " stands on the field, where Avro ignores it, and not in the field's type");
  }

  /** Returns why Avro ignores the logical type of a type; empty where it takes it or never knew. */
  static Optional<String> ignored(Schema schema) {
    Object name = schema.getObjectProp(LOGICAL_TYPE);
    if (name == null || schema.getLogicalType() != null) {
      return Optional.empty();
    }
    String declared = raw(schema) + " on " + schema.getType().getName() + " is ignored by Avro: ";
    if (!(name instanceof String text)) {
      return Optional.of(declared + "its name is no text");
    }
    if (!SPECIFIED.contains(text)) {
      return SPECIFIED.stream()
          .filter(known -> letters(known).equals(letters(text)))
          .findFirst()
          .map(known -> declared + "its name is " + known);
    }
    return Optional.of(declared + reason(schema));
  }

  private static String reason(Schema schema) {
    try {
      LogicalType taken = LogicalTypes.fromSchema(schema);
      return taken == null ? "it does not know it" : "it is not read";
    } catch (RuntimeException refused) {
      return Objects.requireNonNullElse(refused.getMessage(), "it is not valid");
    }
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /** The branches of a union that have values, or the type itself. */
  private static Stream<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL)
        : Stream.of(schema);
  }

  private static String taken(LogicalType type) {
    return type instanceof LogicalTypes.Decimal decimal
        ? decimal(decimal.getPrecision(), decimal.getScale())
        : type.getName();
  }

  /** The same words for numbers and for numbers as text, so that the mend of it is no change. */
  private static String raw(JsonProperties of) {
    Object name = of.getObjectProp(LOGICAL_TYPE);
    if (name == null) {
      return NONE;
    }
    return name.equals(DECIMAL)
        ? decimal(of.getObjectProp("precision"), of.getObjectProp("scale"))
        : name.toString();
  }

  private static String decimal(Object precision, Object scale) {
    return DECIMAL
        + "("
        + Objects.requireNonNullElse(precision, "?")
        + ","
        + Objects.requireNonNullElse(scale, 0)
        + ")";
  }

  private static String connect(JsonProperties of, String logical) {
    Object name = of.getObjectProp(CONNECT_NAME);
    if (name == null || logical.replaceAll("\\(.*", "").equals(SAID_TWICE.get(name.toString()))) {
      return NONE;
    }
    if (!(of.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters)) {
      return name.toString();
    }
    String numbers =
        CONNECT_NUMBERS.stream()
            .map(parameters::get)
            .filter(Objects::nonNull)
            .map(Object::toString)
            .collect(Collectors.joining(","));
    return numbers.isEmpty() ? name.toString() : name + "(" + numbers + ")";
  }

  private static String joined(String logical, String connect) {
    return logical.isEmpty() || connect.isEmpty() ? logical + connect : logical + " as " + connect;
  }
}
