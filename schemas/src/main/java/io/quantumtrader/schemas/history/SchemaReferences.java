package io.quantumtrader.schemas.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Reads schemas whose named types may be defined in other files of the same directory. A reference
 * means the newest version of its type; how that one changed is the business of its own subject.
 */
final class SchemaReferences {

  private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");

  private final Map<String, Path> definitions = new HashMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  /**
   * Creates a reader.
   *
   * @param files where referenced types are looked for; of several definitions the last counts. One
   *     that cannot be read defines nothing: who asks for it by itself is told why
   */
  SchemaReferences(List<Path> files) {
    for (Path file : files) {
      try {
        Names names = new Names();
        names.collect(SchemaText.json(file), "");
        names.defined.forEach(name -> definitions.put(name, file));
      } catch (SchemaHistoryException unreadable) {
        this.unreadable.add(file.getParent().getFileName() + "/" + file.getFileName());
      }
    }
  }

  /**
   * Returns the schema in a file. Defaults are not checked, because a wrong one is for the check to
   * find and to name.
   *
   * @throws SchemaHistoryException where Avro cannot read it or a reference leads nowhere
   */
  Schema read(Path file) {
    return read(file, Set.of());
  }

  private Schema read(Path file, Set<Path> outer) {
    Set<Path> within = new HashSet<>(outer);
    if (!within.add(file)) {
      throw new SchemaHistoryException(file + " refers to itself by way of other files", null);
    }
    Names names = new Names();
    names.collect(SchemaText.json(file), "");
    Set<String> missing = new TreeSet<>(names.used);
    missing.removeAll(names.defined);
    Map<String, Schema> types = new LinkedHashMap<>();
    for (String name : missing) {
      Path other = definitions.get(name);
      if (other == null) {
        throw new SchemaHistoryException(
            file
                + " refers to "
                + name
                + ", which no file of its directory defines"
                + (unreadable.isEmpty() ? "" : "; not readable there: " + unreadable),
            null);
      }
      types.put(name, named(name, read(other, within), new HashSet<>()));
    }
    return parse(file, types);
  }

  private static Schema parse(Path file, Map<String, Schema> types) {
    try {
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      parser.addTypes(types.values());
      return parser.parse(SchemaText.json(file).toString());
    } catch (NumberFormatException invalid) {
      throw new SchemaHistoryException(
          file
              + " is not an Avro schema: the default of a float or double is text; "
              + invalid.getMessage(),
          invalid);
    } catch (AvroRuntimeException | IllegalArgumentException | NullPointerException invalid) {
      // Beside its own exceptions it lets through what it trips over.
      String reason = String.valueOf(invalid.getMessage()).replaceAll("\\s+", " ");
      throw new SchemaHistoryException(file + " is not an Avro schema: " + reason, invalid);
    }
  }

  private static Schema named(String name, Schema schema, Set<String> seen) {
    return switch (schema.getType()) {
      case RECORD -> {
        if (schema.getFullName().equals(name) || !seen.add(schema.getFullName())) {
          yield schema.getFullName().equals(name) ? schema : null;
        }
        yield firstNamed(
            name, schema.getFields().stream().map(Schema.Field::schema).toList(), seen);
      }
      case ENUM, FIXED -> schema.getFullName().equals(name) ? schema : null;
      case UNION -> firstNamed(name, schema.getTypes(), seen);
      case ARRAY -> named(name, schema.getElementType(), seen);
      case MAP -> named(name, schema.getValueType(), seen);
      default -> null;
    };
  }

  private static Schema firstNamed(String name, List<Schema> schemas, Set<String> seen) {
    for (Schema schema : schemas) {
      Schema found = named(name, schema, seen);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The full names that a schema defines and those that it uses. */
  private static final class Names {

    private final Set<String> defined = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    void collect(JsonNode node, String namespace) {
      if (node.isTextual()) {
        use(node.asText(), namespace);
      } else if (node.isArray()) {
        node.forEach(branch -> collect(branch, namespace));
      } else if (!node.isObject()) {
        return;
      } else if (NAMED.contains(node.path("type").asText())) {
        define(node, namespace);
      } else {
        collect(node.path("type"), namespace);
        collect(node.path("items"), namespace);
        collect(node.path("values"), namespace);
      }
    }

    private void define(JsonNode node, String outer) {
      String name = full(node.path("name").asText(), node.path("namespace").asText(outer));
      defined.add(name);
      String inner = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
      node.path("fields").forEach(field -> collect(field.path("type"), inner));
    }

    private void use(String name, String namespace) {
      boolean isBuiltIn =
          name.isEmpty()
              || name.equals("array")
              || name.equals("map")
              || List.of("null boolean int long float double bytes string".split(" ", -1))
                  .contains(name);
      if (!isBuiltIn) {
        used.add(full(name, namespace));
      }
    }

    private static String full(String name, String namespace) {
      return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }
  }
}
