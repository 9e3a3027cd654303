package io.quantumtrader.replay.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The decisions and the state of a run, as they are kept in a file beside the policy. The file has
 * one line for each input that was decided about, so that a change of it can be read.
 *
 * @param stateHash digest of the state at the end
 * @param decisions what was decided
 */
public record Baseline(String stateHash, DecisionBook decisions) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final int NOTE_FIELDS = 5;

  /** Returns the baseline that a run gives. */
  public static Baseline of(VariantRun run) {
    return new Baseline(run.hash().whole(), run.decisions());
  }

  /** Returns it as JSON. */
  public String toJson() {
    StringBuilder out = new StringBuilder();
    out.append("{\"version\": ").append(VERSION);
    out.append(",\n \"stateHash\": ").append(TextNode.valueOf(stateHash));
    out.append(",\n \"decisions\": [");
    String before = "\n  ";
    for (Map.Entry<DecisionCause, DecisionBook.Entry> each : decisions.entries().entrySet()) {
      out.append(before).append(entry(each.getKey(), each.getValue()));
      before = ",\n  ";
    }
    return out.append("\n ]}\n").toString();
  }

  private static ObjectNode entry(DecisionCause cause, DecisionBook.Entry entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("atMs", entry.atMs());
    node.put("account", cause.account());
    node.put("type", cause.type());
    node.put("id", cause.id());
    node.put("symbol", entry.symbol());
    ArrayNode notes = node.putArray("decided");
    for (DecisionNote note : entry.notes()) {
      notes
          .addArray()
          .add(note.stage())
          .add(note.verdict())
          .add(note.code())
          .add(note.quantity())
          .add(note.numbers());
    }
    return node;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws BaselineException for anything else
   */
  public static Baseline read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BaselineException("it is not JSON, or breaks off");
    }
    if (!root.path("version").isInt() || root.path("version").asInt() != VERSION) {
      throw new BaselineException(
          "it is no baseline of version %d; write it anew".formatted(VERSION));
    }
    if (!root.path("stateHash").isTextual() || !root.path("decisions").isArray()) {
      throw new BaselineException("it has no state hash or no decisions");
    }
    DecisionBook book = new DecisionBook();
    root.get("decisions").forEach(node -> put(book, node));
    return new Baseline(root.get("stateHash").asText(), book);
  }

  private static void put(DecisionBook book, JsonNode node) {
    List<DecisionNote> notes = new ArrayList<>();
    for (JsonNode note : node.path("decided")) {
      if (note.size() != NOTE_FIELDS) {
        throw new BaselineException("a decision in it does not have five fields");
      }
      notes.add(
          new DecisionNote(
              note.get(0).asText(),
              note.get(1).asText(),
              note.get(2).asText(),
              note.get(3).asText(),
              note.get(4).asText()));
    }
    if (notes.isEmpty() || !node.path("id").isTextual()) {
      throw new BaselineException("an input in it has no id or no decision");
    }
    book.put(
        new DecisionCause(
            node.path("account").asText(), node.path("type").asText(), node.get("id").asText()),
        new DecisionBook.Entry(node.path("atMs").asLong(), node.path("symbol").asText(), notes));
  }
}
