package io.quantumtrader.topology.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Exports as JSON: stable order, one export one text. */
public final class ExportJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ExportJson() {}

  /** Returns the export as indented JSON that ends with a line feed. */
  public static String write(TopologyExport export) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return MAPPER
              .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(export)
          + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the export as a JSON tree. */
  public static JsonNode tree(TopologyExport export) {
    return MAPPER.valueToTree(export);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws ExportException if it is no export or one of another version; the message is one line
   */
  public static TopologyExport read(String json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new ExportException("it is no topology export: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns the export in this tree.
   *
   * @throws ExportException as {@link #read}
   */
  public static TopologyExport of(JsonNode tree) {
    int version = tree.path("version").asInt(-1);
    if (version < 0 || !tree.path("rooms").isArray()) {
      throw new ExportException("it is no topology export: version and rooms are missing", null);
    }
    if (version != TopologyExport.VERSION) {
      throw new ExportException(
          "it is a topology export of version "
              + version
              + ", and this program reads version "
              + TopologyExport.VERSION
              + "; export it anew",
          null);
    }
    try {
      return MAPPER.treeToValue(tree, TopologyExport.class);
    } catch (JsonProcessingException e) {
      throw new ExportException("it is no topology export: " + e.getOriginalMessage(), e);
    }
  }
}
