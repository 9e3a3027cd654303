package io.quantumtrader.schemas.evolution;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Avro's own compatibility check, with its locations as the paths of the rules. */
final class AvroVerdict {

  private AvroVerdict() {}

  /** Returns what Avro's check says against the reader's version reading the writer's. */
  static List<EvolutionFinding> findings(
      SchemaVersion reader, SchemaVersion writer, Reading reading) {
    var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader.schema(), writer.schema());
    if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
      return List.of();
    }
    return pair.getResult().getIncompatibilities().stream()
        .map(
            reason ->
                new EvolutionFinding(
                    Rule.AVRO,
                    path(reason, reader.schema()),
                    reading,
                    reader.name(),
                    writer.name(),
                    reason.getType() + ": " + reason.getMessage(),
                    ""))
        .toList();
  }

  /** A location points into the reader's schema as JSON: {@code /fields/0/type/1/items}. */
  private static String path(Incompatibility reason, Schema reader) {
    StringBuilder path = new StringBuilder(Types.rootPath(reader));
    Schema at = reader;
    String[] steps = reason.getLocation().split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      String step = steps[i];
      if (step.equals("fields") && at.getType() == Schema.Type.RECORD && i + 1 < steps.length) {
        Schema.Field field = at.getFields().get(Integer.parseInt(steps[++i]));
        path.append('.').append(field.name());
        at = field.schema();
      } else if (step.equals("items") && at.getType() == Schema.Type.ARRAY) {
        path.append("[]");
        at = at.getElementType();
      } else if (step.equals("values") && at.getType() == Schema.Type.MAP) {
        path.append("{}");
        at = at.getValueType();
      } else if (at.getType() == Schema.Type.UNION && step.matches("\\d+")) {
        // Where the reader lacks a branch the number counts the writer's.
        int branch = Integer.parseInt(step);
        at = branch < at.getTypes().size() ? at.getTypes().get(branch) : at;
      }
    }
    return path.toString();
  }
}
