package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Compares logical types, which Avro's own compatibility check does not see: bytes of scale 8 read
 * as bytes of scale 18 are another number, and no error.
 */
public final class LogicalTypeRule {

  static final String NO_LOGICAL_TYPE = "no logical type";

  private LogicalTypeRule() {}

  /**
   * Returns where the logical types of two schemas differ in name, precision or scale, each as a
   * path and both types; fields that only one of the two has are ignored.
   */
  public static List<String> differences(Schema one, Schema other) {
    List<String> found = new ArrayList<>();
    compare(one.getFullName(), FieldType.of(one), FieldType.of(other), found, new HashSet<>());
    return List.copyOf(found);
  }

  private static void compare(
      String path, FieldType one, FieldType other, List<String> found, Set<String> visited) {
    if (one.schema().getType() == Schema.Type.UNION
        || other.schema().getType() == Schema.Type.UNION) {
      compareBranches(path, one, other, found, visited);
      return;
    }
    if (!one.logicalType().equals(other.logicalType())) {
      found.add(path + ": " + one.logicalType() + " against " + other.logicalType());
    }
    if (one.schema().getType() == other.schema().getType()) {
      compareInside(path, one.schema(), other.schema(), found, visited);
    }
  }

  private static void compareInside(
      String path, Schema one, Schema other, List<String> found, Set<String> visited) {
    switch (one.getType()) {
      case RECORD -> compareFields(path, one, other, found, visited);
      case ARRAY ->
          compare(
              path + "[]",
              FieldType.of(one.getElementType()),
              FieldType.of(other.getElementType()),
              found,
              visited);
      case MAP ->
          compare(
              path + "{}",
              FieldType.of(one.getValueType()),
              FieldType.of(other.getValueType()),
              found,
              visited);
      default -> {}
    }
  }

  private static void compareFields(
      String path, Schema one, Schema other, List<String> found, Set<String> visited) {
    if (!visited.add(one.getFullName())) {
      return;
    }
    for (Schema.Field field : one.getFields()) {
      Schema.Field counterpart = other.getField(field.name());
      if (counterpart != null) {
        compare(
            path + "." + field.name(),
            FieldType.of(field),
            FieldType.of(counterpart),
            found,
            visited);
      }
    }
  }

  /** Branches belong together by type and name; a type outside of a union is its only branch. */
  private static void compareBranches(
      String path, FieldType one, FieldType other, List<String> found, Set<String> visited) {
    for (Schema branch : branches(one.schema())) {
      for (Schema counterpart : branches(other.schema())) {
        if (branch.getType() == counterpart.getType()
            && branch.getFullName().equals(counterpart.getFullName())) {
          compare(path, one.branch(branch), other.branch(counterpart), found, visited);
        }
      }
    }
  }

  private static List<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  /**
   * Returns what a type declares, for people: name, precision and scale of its logical type, also
   * where Avro does not take it for one, and the name that Kafka Connect keeps its unit in.
   */
  public static String text(Schema schema) {
    return FieldType.of(schema).logicalType();
  }
}
