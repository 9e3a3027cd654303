package io.quantumtrader.schemas.evolution;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What Avro's resolution says about a pair of types. */
final class Types {

  private Types() {}

  /** Returns how paths into this schema begin. */
  static String rootPath(Schema schema) {
    return isNamed(schema) ? schema.getFullName() : schema.getType().getName();
  }

  static boolean isNamed(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> true;
      default -> false;
    };
  }

  /** Whether full names are equal, or the reader has the writer's as an alias. */
  static boolean isNamedAs(Schema read, Schema written) {
    return read.getFullName().equals(written.getFullName())
        || read.getAliases().contains(written.getFullName());
  }

  /**
   * Returns what a value of the written type is read as: the reader's type itself, or the first
   * branch of its union that is the same type, else the first that the type can be promoted to.
   */
  static Optional<Schema> branchFor(Schema read, Schema written) {
    if (read.getType() != Schema.Type.UNION) {
      return fits(read, written) ? Optional.of(read) : Optional.empty();
    }
    return read.getTypes().stream()
        .filter(branch -> branch.getType() == written.getType() && fits(branch, written))
        .findFirst()
        .or(() -> read.getTypes().stream().filter(branch -> fits(branch, written)).findFirst());
  }

  private static boolean fits(Schema read, Schema written) {
    if (read.getType() != written.getType()) {
      return isPromotable(read.getType(), written.getType());
    }
    return !isNamed(read) || isNamedAs(read, written);
  }

  /** Whether Avro reads the one as the other; both are different. */
  static boolean isPromotable(Schema.Type read, Schema.Type written) {
    return switch (written) {
      case INT ->
          read == Schema.Type.LONG || read == Schema.Type.FLOAT || read == Schema.Type.DOUBLE;
      case LONG -> read == Schema.Type.FLOAT || read == Schema.Type.DOUBLE;
      case FLOAT -> read == Schema.Type.DOUBLE;
      case STRING -> read == Schema.Type.BYTES;
      case BYTES -> read == Schema.Type.STRING;
      default -> false;
    };
  }

  /** Whether there are values that a promotion changes: 2^53 + 1 is no double. */
  static boolean isLossy(Schema.Type read, Schema.Type written) {
    return switch (written) {
      case INT -> read == Schema.Type.FLOAT;
      case LONG -> read == Schema.Type.FLOAT || read == Schema.Type.DOUBLE;
      case BYTES -> read == Schema.Type.STRING;
      default -> false;
    };
  }

  /** Returns the type for people, on one line. */
  static String text(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream().map(Types::text).collect(Collectors.joining(", ", "[", "]"));
      case ARRAY -> "array of " + text(schema.getElementType());
      case MAP -> "map of " + text(schema.getValueType());
      case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
      default ->
          DeclaredLogicalType.of(schema).isEmpty()
              ? schema.getType().getName()
              : DeclaredLogicalType.of(schema);
    };
  }
}
