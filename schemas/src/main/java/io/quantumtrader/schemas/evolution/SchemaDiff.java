package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Says what is different between two schemas, for people, whether it breaks something or not. */
public final class SchemaDiff {

  private final List<String> lines = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();

  private SchemaDiff() {}

  /**
   * Returns the differences, one a line: {@code +} came, {@code -} went, {@code ~} changed; empty
   * where there are none.
   */
  public static List<String> lines(Schema before, Schema after) {
    SchemaDiff diff = new SchemaDiff();
    diff.compare(Types.rootPath(after), before, after);
    return List.copyOf(diff.lines);
  }

  private void compare(String path, Schema before, Schema after) {
    if (before.getType() != after.getType()
        || !Types.rootPath(before).equals(Types.rootPath(after))
        || !LogicalTypeRule.text(before).equals(LogicalTypeRule.text(after))) {
      changed(path, Types.text(before), Types.text(after));
      return;
    }
    switch (after.getType()) {
      case RECORD -> compareRecords(path, before, after);
      case ENUM -> compareEnums(path, before, after);
      case FIXED -> changed(path + " size", before.getFixedSize(), after.getFixedSize());
      case UNION -> compareUnions(path, before, after);
      case ARRAY -> compare(path + "[]", before.getElementType(), after.getElementType());
      case MAP -> compare(path + "{}", before.getValueType(), after.getValueType());
      default -> {}
    }
  }

  private void compareRecords(String path, Schema before, Schema after) {
    if (!visited.add(after.getFullName())) {
      return;
    }
    changed(path + " doc", before.getDoc(), after.getDoc());
    changed(path + " aliases", before.getAliases(), after.getAliases());
    for (Schema.Field field : after.getFields()) {
      String at = path + "." + field.name();
      Schema.Field known = before.getField(field.name());
      if (known == null) {
        lines.add("+ " + at + ": " + described(field));
      } else {
        compareFields(at, known, field);
      }
    }
    for (Schema.Field field : before.getFields()) {
      if (after.getField(field.name()) == null) {
        lines.add("- " + path + "." + field.name() + ": " + described(field));
      }
    }
  }

  private void compareFields(String path, Schema.Field before, Schema.Field after) {
    changed(path + " doc", before.doc(), after.doc());
    changed(path + " aliases", before.aliases(), after.aliases());
    changed(path + " default", byDefault(before), byDefault(after));
    changed(path + " logical type on the field", besideOrNone(before), besideOrNone(after));
    compare(path, before.schema(), after.schema());
  }

  private static String besideOrNone(Schema.Field field) {
    String beside = DeclaredLogicalType.beside(field);
    return beside.isEmpty() ? "none" : beside;
  }

  private void compareEnums(String path, Schema before, Schema after) {
    changed(path + " doc", before.getDoc(), after.getDoc());
    changed(path + " default", before.getEnumDefault(), after.getEnumDefault());
    for (String symbol : after.getEnumSymbols()) {
      if (!before.hasEnumSymbol(symbol)) {
        lines.add("+ " + path + " symbol " + symbol);
      }
    }
    for (String symbol : before.getEnumSymbols()) {
      if (!after.hasEnumSymbol(symbol)) {
        lines.add("- " + path + " symbol " + symbol);
      }
    }
  }

  private void compareUnions(String path, Schema before, Schema after) {
    if (!Types.text(before).equals(Types.text(after))) {
      changed(path, Types.text(before), Types.text(after));
      return;
    }
    for (int i = 0; i < after.getTypes().size(); i++) {
      compare(path, before.getTypes().get(i), after.getTypes().get(i));
    }
  }

  private void changed(String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      lines.add("~ " + what + ": " + before + " became " + after);
    }
  }

  private static String described(Schema.Field field) {
    return Types.text(field.schema()) + ", default " + byDefault(field);
  }

  private static String byDefault(Schema.Field field) {
    if (!field.hasDefaultValue()) {
      return "none";
    }
    Object value = field.defaultVal();
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    return value == JsonProperties.NULL_VALUE ? "null" : String.valueOf(value);
  }
}
