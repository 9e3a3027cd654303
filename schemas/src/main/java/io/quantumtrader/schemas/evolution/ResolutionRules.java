package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Walks a reader's schema beside a writer's, as Avro resolves them, and holds both to the rules.
 */
final class ResolutionRules {

  private final SchemaVersion reader;
  private final SchemaVersion writer;
  private final Reading reading;
  private final List<EvolutionFinding> found = new ArrayList<>();
  private final Set<List<String>> visited = new HashSet<>();

  private ResolutionRules(SchemaVersion reader, SchemaVersion writer, Reading reading) {
    this.reader = reader;
    this.writer = writer;
    this.reading = reading;
  }

  /** Returns what breaks when the reader's version reads records of the writer's version. */
  static List<EvolutionFinding> findings(
      SchemaVersion reader, SchemaVersion writer, Reading reading) {
    ResolutionRules walk = new ResolutionRules(reader, writer, reading);
    walk.compare(
        Types.rootPath(reader.schema()),
        FieldType.of(reader.schema()),
        FieldType.of(writer.schema()));
    return List.copyOf(walk.found);
  }

  private void compare(String path, FieldType read, FieldType written) {
    if (written.schema().getType() == Schema.Type.UNION) {
      written
          .schema()
          .getTypes()
          .forEach(branch -> compareBranch(path, read, written.branch(branch)));
    } else if (read.schema().getType() == Schema.Type.UNION) {
      compareBranch(path, read, written);
    } else {
      compareTypes(path, read, written);
    }
  }

  private void compareBranch(String path, FieldType read, FieldType branch) {
    Optional<Schema> taken = Types.branchFor(read.schema(), branch.schema());
    if (taken.isPresent()) {
      compareTypes(path, read.branch(taken.get()), branch);
    } else if (read.schema().getType() == Schema.Type.UNION) {
      add(
          Rule.UNION_BRANCH_UNKNOWN,
          path,
          Types.text(branch.schema())
              + " may be written, and is not among "
              + Types.text(read.schema()));
    } else {
      compareTypes(path, read, branch);
    }
  }

  private void compareTypes(String path, FieldType read, FieldType written) {
    if (read.schema().getType() == written.schema().getType()) {
      compareLogicalTypes(path, read, written);
      compareInside(path, read.schema(), written.schema());
    } else {
      comparePromotion(path, read, written);
    }
  }

  private void compareInside(String path, Schema read, Schema written) {
    switch (read.getType()) {
      case RECORD -> compareRecords(path, read, written);
      case ENUM -> compareEnums(path, read, written);
      case FIXED -> compareFixed(path, read, written);
      case ARRAY ->
          compare(
              path + "[]",
              FieldType.of(read.getElementType()),
              FieldType.of(written.getElementType()));
      case MAP ->
          compare(
              path + "{}", FieldType.of(read.getValueType()), FieldType.of(written.getValueType()));
      default -> {}
    }
  }

  private void comparePromotion(String path, FieldType read, FieldType written) {
    Schema.Type readType = read.schema().getType();
    Schema.Type writtenType = written.schema().getType();
    if (!Types.isPromotable(readType, writtenType)) {
      String what =
          Types.text(written.schema()) + " is written and read as " + Types.text(read.schema());
      add(
          writtenType == Schema.Type.NULL ? Rule.UNION_BRANCH_UNKNOWN : Rule.TYPE_CHANGED,
          path,
          what);
      return;
    }
    compareLogicalTypes(path, read, written);
    if (Types.isLossy(readType, writtenType)) {
      add(
          Rule.LOSSY_PROMOTION,
          path,
          Types.text(read.schema()) + " cannot hold every " + Types.text(written.schema()));
    }
  }

  private void compareLogicalTypes(String path, FieldType read, FieldType written) {
    String asRead = read.logicalType();
    String asWritten = written.logicalType();
    if (!asRead.equals(asWritten)) {
      add(Rule.LOGICAL_TYPE, path, asWritten + " is written and read as " + asRead);
    }
  }

  private void compareRecords(String path, Schema read, Schema written) {
    if (!visited.add(List.of(read.getFullName(), written.getFullName()))) {
      return;
    }
    if (!compareNames(path, read, written)) {
      return;
    }
    for (Schema.Field field : read.getFields()) {
      compareField(path + "." + field.name(), field, read, written);
    }
  }

  private void compareField(String path, Schema.Field field, Schema read, Schema written) {
    Schema.Field counterpart = written.getField(field.name());
    if (counterpart == null) {
      compareMissing(path, field, written);
      return;
    }
    for (Schema.Field other : read.getFields()) {
      if (!other.name().equals(field.name()) && other.aliases().contains(field.name())) {
        add(
            Rule.ALIAS_TAKES_FIELD,
            path,
            "field " + other.name() + " has its name as an alias and takes its value");
      }
    }
    if (reading == Reading.NEW_READS_OLD) {
      compareAliases(path, field.aliases(), counterpart.aliases());
    }
    compare(path, FieldType.of(field), FieldType.of(counterpart));
  }

  private void compareMissing(String path, Schema.Field field, Schema written) {
    Optional<Schema.Field> byAlias =
        field.aliases().stream().map(written::getField).filter(Objects::nonNull).findFirst();
    if (byAlias.isPresent()) {
      compare(path, FieldType.of(field), FieldType.of(byAlias.get()));
      return;
    }
    Optional<Schema.Field> renamed =
        written.getFields().stream().filter(f -> f.aliases().contains(field.name())).findFirst();
    String what =
        renamed.map(f -> "the field is written as " + f.name()).orElse("the field is not written");
    if (!field.hasDefaultValue()) {
      add(Rule.FIELD_WITHOUT_DEFAULT, path, what + ", and has no default");
    } else if (renamed.isPresent()) {
      add(Rule.FIELD_RENAMED, path, what + ", and its default is read in place of the value");
    }
  }

  private void compareAliases(String path, Set<String> now, Set<String> before) {
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(now);
    gone.stream()
        .sorted()
        .forEach(alias -> add(Rule.ALIAS_REMOVED, path, "alias " + alias + " is gone"));
  }

  /** Returns whether the two are one type, by name or by an alias of the reader's. */
  private boolean compareNames(String path, Schema read, Schema written) {
    boolean same = Types.isNamedAs(read, written);
    if (!same) {
      add(
          Rule.NAME_CHANGED,
          path,
          written.getFullName() + " is written and read as " + read.getFullName());
    } else if (reading == Reading.NEW_READS_OLD) {
      Set<String> now = new HashSet<>(read.getAliases());
      now.add(read.getFullName());
      compareAliases(path, now, written.getAliases());
    }
    return same;
  }

  private void compareFixed(String path, Schema read, Schema written) {
    if (compareNames(path, read, written) && read.getFixedSize() != written.getFixedSize()) {
      add(
          Rule.FIXED_SIZE,
          path,
          written.getFixedSize() + " bytes are written and read as " + read.getFixedSize());
    }
  }

  private void compareEnums(String path, Schema read, Schema written) {
    if (!compareNames(path, read, written)) {
      return;
    }
    boolean forward = reading == Reading.OLD_READS_NEW;
    String before = (forward ? read : written).getEnumDefault();
    String now = (forward ? written : read).getEnumDefault();
    if (before != null && !before.equals(now)) {
      SchemaVersion newer = forward ? writer : reader;
      SchemaVersion older = forward ? reader : writer;
      String what = "the enum's default " + before + (now == null ? " is gone" : " became " + now);
      found.add(
          new EvolutionFinding(
              Rule.ENUM_DEFAULT, path, Reading.ANY, newer.name(), older.name(), what, ""));
    }
    List<String> unknown = new ArrayList<>(written.getEnumSymbols());
    unknown.removeAll(read.getEnumSymbols());
    if (unknown.isEmpty()) {
      return;
    }
    String symbols = String.join(", ", unknown);
    if (read.getEnumDefault() == null) {
      add(
          Rule.ENUM_SYMBOL_UNKNOWN,
          path,
          symbols + " may be written, and the reader has neither the symbol nor a default");
    } else if (!forward) {
      add(
          Rule.ENUM_SYMBOL_REMOVED,
          path,
          symbols + " was written, and is read as " + read.getEnumDefault());
    }
  }

  private void add(Rule rule, String path, String detail) {
    found.add(new EvolutionFinding(rule, path, reading, reader.name(), writer.name(), detail, ""));
  }
}
