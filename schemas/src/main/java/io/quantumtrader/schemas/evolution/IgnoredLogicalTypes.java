package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Finds logical types that Avro ignores, with no more than a line in a log: a decimal whose scale
 * is above its precision, numbers written as text, a type that cannot carry it, a declaration on
 * the field. Readers then get the bare number or bytes.
 */
final class IgnoredLogicalTypes {

  private final SchemaVersion version;
  private final List<EvolutionFinding> found = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();

  private IgnoredLogicalTypes(SchemaVersion version) {
    this.version = version;
  }

  /** Returns every place of a version where a logical type is ignored. */
  static List<EvolutionFinding> findings(SchemaVersion version) {
    IgnoredLogicalTypes walk = new IgnoredLogicalTypes(version);
    walk.visit(Types.rootPath(version.schema()), version.schema());
    return List.copyOf(walk.found);
  }

  private void visit(String path, Schema schema) {
    DeclaredLogicalType.ignored(schema).ifPresent(reason -> add(path, reason));
    switch (schema.getType()) {
      case RECORD -> {
        if (visited.add(schema.getFullName())) {
          schema.getFields().forEach(field -> visit(path + "." + field.name(), field));
        }
      }
      case UNION -> schema.getTypes().forEach(branch -> visit(path, branch));
      case ARRAY -> visit(path + "[]", schema.getElementType());
      case MAP -> visit(path + "{}", schema.getValueType());
      default -> {}
    }
  }

  private void visit(String path, Schema.Field field) {
    DeclaredLogicalType.misplaced(field).ifPresent(reason -> add(path, reason));
    visit(path, field.schema());
  }

  private void add(String path, String reason) {
    found.add(
        new EvolutionFinding(
            Rule.LOGICAL_TYPE_IGNORED,
            path,
            Reading.ANY,
            version.name(),
            version.name(),
            reason,
            ""));
  }
}
