package io.quantumtrader.topology.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.export.TopologyExport.Subtopology;

/**
 * Exports as JSON: stable order, one export one text. Version 1 of the format, which called
 * sub-topologies rooms, can still be read.
 */
public final class ExportJson {

  private static final int WITH_ROOMS = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

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
   * @throws ExportException if it is not an export or its version is unknown; the message is one
   *     line
   */
  public static TopologyExport read(String json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new ExportException("it is not a topology export: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns the export in this tree.
   *
   * @throws ExportException as {@link #read}
   */
  public static TopologyExport of(JsonNode tree) {
    int version = tree.path("version").asInt(-1);
    String list = version == WITH_ROOMS ? "rooms" : "subtopologies";
    if (version >= WITH_ROOMS && version <= TopologyExport.VERSION && tree.path(list).isArray()) {
      return read(version == WITH_ROOMS ? renamed(tree) : tree);
    }
    if (version > TopologyExport.VERSION) {
      throw new ExportException(
          "it is a topology export of version "
              + version
              + ", but this program reads up to version "
              + TopologyExport.VERSION
              + "; export it again with this program",
          null);
    }
    throw new ExportException(
        "it is not a topology export: version or " + list + " is missing", null);
  }

  /** Returns an export of version 1 as the current version writes it. */
  private static JsonNode renamed(JsonNode tree) {
    ObjectNode current = tree.deepCopy();
    current.put("version", TopologyExport.VERSION);
    JsonNode rooms = current.remove("rooms");
    for (JsonNode room : rooms) {
      int id = room.path("id").asInt();
      if (room instanceof ObjectNode named && ("room " + id).equals(room.path("name").asText())) {
        named.put("name", Subtopology.unnamed(id));
      }
    }
    current.set("subtopologies", rooms);
    return current;
  }

  private static TopologyExport read(JsonNode tree) {
    try {
      return MAPPER.treeToValue(tree, TopologyExport.class);
    } catch (JsonProcessingException e) {
      throw new ExportException("it is not a topology export: " + e.getOriginalMessage(), e);
    }
  }
}
