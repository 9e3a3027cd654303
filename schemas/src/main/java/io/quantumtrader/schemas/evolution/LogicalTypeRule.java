package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Compares logical types, which Avro's own compatibility check does not see: bytes of scale 8 read
 * as bytes of scale 18 are another number, and no error.
 */
public final class LogicalTypeRule {

  private LogicalTypeRule() {}

  /**
   * Returns where the logical types of two schemas differ in name, precision or scale, each as a
   * path and both types; fields that only one of the two has are ignored.
   */
  public static List<String> differences(Schema one, Schema other) {
    List<String> found = new ArrayList<>();
    compare(one.getFullName(), one, other, found, new HashSet<>());
    return List.copyOf(found);
  }

  private static void compare(
      String path, Schema one, Schema other, List<String> found, Set<String> visited) {
    if (one.getType() == Schema.Type.UNION || other.getType() == Schema.Type.UNION) {
      compareBranches(path, one, other, found, visited);
      return;
    }
    if (!text(one).equals(text(other))) {
      found.add(path + ": " + text(one) + " against " + text(other));
    }
    if (one.getType() != other.getType()) {
      return;
    }
    switch (one.getType()) {
      case RECORD -> compareFields(path, one, other, found, visited);
      case ARRAY ->
          compare(path + "[]", one.getElementType(), other.getElementType(), found, visited);
      case MAP -> compare(path + "{}", one.getValueType(), other.getValueType(), found, visited);
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
        compare(path + "." + field.name(), field.schema(), counterpart.schema(), found, visited);
      }
    }
  }

  /** Branches belong together by type and name; a type outside of a union is its only branch. */
  private static void compareBranches(
      String path, Schema one, Schema other, List<String> found, Set<String> visited) {
    for (Schema branch : branches(one)) {
      for (Schema counterpart : branches(other)) {
        if (branch.getType() == counterpart.getType()
            && branch.getFullName().equals(counterpart.getFullName())) {
          compare(path, branch, counterpart, found, visited);
        }
      }
    }
  }

  private static List<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  /** Returns name, precision and scale of a logical type, for people. */
  public static String text(Schema schema) {
    LogicalType type = schema.getLogicalType();
    if (type == null) {
      return "no logical type";
    }
    if (type instanceof LogicalTypes.Decimal decimal) {
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    return type.getName();
  }
}
