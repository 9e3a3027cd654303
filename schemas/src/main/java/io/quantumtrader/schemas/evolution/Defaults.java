package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;

/** Holds the defaults of fields to their types and to what they were. */
final class Defaults {

  private Defaults() {}

  /** Returns the defaults that are no values of their fields' types. */
  static List<EvolutionFinding> invalid(SchemaVersion version) {
    List<EvolutionFinding> found = new ArrayList<>();
    for (Schema record : records(version.schema()).values()) {
      for (Schema.Field field : record.getFields()) {
        if (field.hasDefaultValue() && !isValid(field)) {
          found.add(
              invalid(
                  version,
                  record.getFullName() + "." + field.name(),
                  "default "
                      + field.defaultVal()
                      + " is not a valid "
                      + Types.text(field.schema())));
        }
      }
    }
    return found.isEmpty() ? refusal(version) : found;
  }

  private static boolean isValid(Schema.Field field) {
    try {
      Object value = new GenericData().getDefaultValue(field);
      return GenericData.get().validate(field.schema(), value);
    } catch (AvroRuntimeException wrongType) {
      return false;
    }
  }

  /** What Avro's parser refuses, no reader can load. */
  private static List<EvolutionFinding> refusal(SchemaVersion version) {
    try {
      Schema unused = new Schema.Parser().parse(version.schema().toString());
      return List.of();
    } catch (SchemaParseException | org.apache.avro.AvroTypeException refused) {
      return List.of(
          invalid(
              version,
              Types.rootPath(version.schema()),
              "Avro refuses the schema: " + refused.getMessage()));
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
