package io.quantumtrader.schemas.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Holds the defaults of fields to their types and to what they were. */
final class Defaults {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Defaults() {}

  /** Returns the defaults that are no values of their fields' types. */
  static List<EvolutionFinding> invalid(SchemaVersion version) {
    List<EvolutionFinding> found = new ArrayList<>();
    for (Schema record : records(version.schema()).values()) {
      JsonNode written = json(record).path("fields");
      for (Schema.Field field : record.getFields()) {
        if (field.hasDefaultValue()) {
          mismatch(field, written.path(field.pos()).path("default"))
              .ifPresent(
                  reason ->
                      found.add(
                          invalid(version, record.getFullName() + "." + field.name(), reason)));
        }
      }
    }
    return found.isEmpty() ? refusal(version) : found;
  }

  private static Optional<String> mismatch(Schema.Field field, JsonNode value) {
    Optional<String> mismatch =
        DefaultMismatch.of(value, field.schema()).map(reason -> "invalid default: " + reason);
    return mismatch.isPresent() || isReadable(field)
        ? mismatch
        : Optional.of("default " + value + " is not a valid " + Types.text(field.schema()));
  }

  /** Whether Avro makes a value of the default when it reads records without the field. */
  private static boolean isReadable(Schema.Field field) {
    try {
      Object value = new GenericData().getDefaultValue(field);
      return GenericData.get().validate(field.schema(), value);
    } catch (AvroRuntimeException wrongType) {
      return false;
    }
  }

  /** Returns a record as it is written; Avro does not hand out the JSON of a wrong default. */
  private static JsonNode json(Schema record) {
    try {
      return JSON.readTree(record.toString());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a schema is written as JSON", impossible);
    }
  }

  /** What Avro's parser refuses, no reader can load. */
  private static List<EvolutionFinding> refusal(SchemaVersion version) {
    try {
      Schema unused = new Schema.Parser().parse(version.schema().toString());
      return List.of();
    } catch (AvroRuntimeException refused) {
      return List.of(
          new EvolutionFinding(
              Rule.UNREADABLE,
              Types.rootPath(version.schema()),
              Reading.ANY,
              version.name(),
              version.name(),
              "Avro refuses the schema: " + refused.getMessage(),
              ""));
    }
  }

  private static EvolutionFinding invalid(SchemaVersion version, String path, String detail) {
    return new EvolutionFinding(
        Rule.DEFAULT_INVALID, path, Reading.ANY, version.name(), version.name(), detail, "");
  }

  /**
   * Returns the changed defaults that matter: some earlier version has the record without the
   * field, so that its records are read with the default, and another one before than now.
   */
  static List<EvolutionFinding> changed(List<SchemaVersion> earlier, SchemaVersion candidate) {
    List<EvolutionFinding> found = new ArrayList<>();
    for (Schema record : records(candidate.schema()).values()) {
      for (Schema.Field field : record.getFields()) {
        if (field.hasDefaultValue()) {
          addChanged(earlier, candidate, record.getFullName(), field, found);
        }
      }
    }
    return found;
  }

  private static void addChanged(
      List<SchemaVersion> earlier,
      SchemaVersion candidate,
      String record,
      Schema.Field field,
      List<EvolutionFinding> found) {
    Object now = field.defaultVal();
    List<Schema.Field> before =
        earlier.stream()
            .map(version -> records(version.schema()).get(record))
            .filter(Objects::nonNull)
            .map(known -> known.getField(field.name()))
            .filter(known -> known != null && known.hasDefaultValue())
            .filter(known -> !Objects.equals(known.defaultVal(), now))
            .toList();
    if (before.isEmpty()) {
      return;
    }
    for (SchemaVersion version : earlier) {
      Schema known = records(version.schema()).get(record);
      if (known != null && known.getField(field.name()) == null) {
        found.add(
            new EvolutionFinding(
                Rule.DEFAULT_CHANGED,
                record + "." + field.name(),
                Reading.NEW_READS_OLD,
                candidate.name(),
                version.name(),
                "default " + before.getLast().defaultVal() + " became " + now,
                ""));
        return;
      }
    }
  }

  /** Returns every record inside of a schema by its full name. */
  private static Map<String, Schema> records(Schema schema) {
    Map<String, Schema> records = new LinkedHashMap<>();
    NestedRecords.collect(schema, records);
    return records;
  }
}
