package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that lists every key, field and time to live of the mapping, made from the mapping. */
final class RedisContractPage {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
  private static final Map<String, String> TYPES =
      Map.of("HSET", "HASH", "SET", "STRING", "JSON", "STRING JSON", "XADD", "STREAM");

  private final JsonNode mapping;
  private final JsonNode notWritten;
  private final JsonNode readers;
  private final StringBuilder out = new StringBuilder();

  private RedisContractPage(JsonNode mapping, JsonNode notWritten, JsonNode readers) {
    this.mapping = mapping;
    this.notWritten = notWritten;
    this.readers = readers;
  }

  /**
   * Returns the page.
   *
   * @param mapping text of the mapping
   * @param notWritten text of the list of keys that are not written
   * @param readers text of the list of keys that old services read
   */
  static GeneratedPage page(String mapping, String notWritten, String readers) {
    RedisContractPage page = new RedisContractPage(read(mapping), read(notWritten), read(readers));
    return new GeneratedPage("redis-contract.md", "Redis contract", page.content());
  }

  private String content() {
    line(mapping.get("doc").asText());
    line("");
    overview();
    for (Map.Entry<String, JsonNode> topic : mapping.get("topics").properties()) {
      topic(topic.getKey(), topic.getValue());
    }
    notWritten();
    readers();
    return out.toString();
  }

  private void overview() {
    line("| key | type | time to live | from topic |");
    line("|---|---|---|---|");
    for (Map.Entry<String, JsonNode> topic : mapping.get("topics").properties()) {
      for (JsonNode command : topic.getValue().get("commands")) {
        String type = TYPES.get(command.get("command").asText());
        for (String key : type == null ? List.<String>of() : keys(command)) {
          row(key, type, timeToLive(command), "`" + topic.getKey() + "`");
        }
      }
    }
  }

  private void topic(String name, JsonNode topic) {
    line("");
    line("## `" + name + "`");
    definitions(topic);
    for (JsonNode command : topic.get("commands")) {
      command(command);
    }
    line("");
    line("A record without value: " + tombstone(topic.path("tombstone")) + ".");
  }

  private void definitions(JsonNode topic) {
    if (!topic.has("define")) {
      return;
    }
    line("");
    line("Names used below:");
    line("");
    for (Map.Entry<String, JsonNode> name : topic.get("define").properties()) {
      line("- `" + name.getKey() + "` = `" + name.getValue().asText() + "`");
    }
  }

  private void command(JsonNode command) {
    line("");
    line("### " + command.get("command").asText() + " " + String.join(", ", keys(command)));
    line("");
    if (command.has("doc")) {
      line(command.get("doc").asText());
    }
    conditions(command);
    if (command.has("fields")) {
      fields(command.get("fields"));
    }
  }

  private void conditions(JsonNode command) {
    List<String> items = new ArrayList<>();
    if (command.has("when")) {
      items.add("only where `" + command.get("when").asText() + "`");
    }
    if (command.has("ttl")) {
      items.add("time to live: " + timeToLive(command));
    }
    if (command.has("maxlen")) {
      items.add("kept to about " + command.get("maxlen").asText() + " entries (`MAXLEN ~`)");
    }
    if (command.has("constant") || command.has("value")) {
      items.add("content: " + source(command) + format(command));
    }
    if (!items.isEmpty()) {
      line("");
      items.forEach(item -> line("- " + item));
    }
  }

  private void fields(JsonNode fields) {
    line("");
    line("| field | content | format | remark |");
    line("|---|---|---|---|");
    fields.forEach(field -> field("", field));
  }

  private void field(String parent, JsonNode field) {
    String name = parent + field.get("name").asText();
    List<String> remarks = new ArrayList<>();
    if (field.has("when")) {
      remarks.add("Only where `" + field.get("when").asText() + "`.");
    }
    if (field.path("optional").asBoolean()) {
      remarks.add("Left out if there is none.");
    }
    if (field.has("doc")) {
      remarks.add(field.get("doc").asText());
    }
    String format = field.path("format").asText("");
    row("`" + name + "`", source(field), format, String.join(" ", remarks));
    if (field.has("object")) {
      field.get("object").forEach(inner -> field(name + ".", inner));
    }
  }

  private void notWritten() {
    line("");
    line("## Not written");
    line("");
    line("| keys of the old system | why not |");
    line("|---|---|");
    for (JsonNode entry : notWritten) {
      row("`" + entry.get("keys").asText() + "`", entry.get("why").asText());
    }
  }

  private void readers() {
    line("");
    line("## Who read what");
    line("");
    line("| key | readers in the old system | now |");
    line("|---|---|---|");
    for (JsonNode entry : readers) {
      String now = entry.get("is").asText();
      row("`" + entry.get("key").asText() + "`", entry.get("readers").asText(), now);
    }
  }

  private static String source(JsonNode field) {
    if (field.has("object")) {
      return "object";
    }
    if (field.has("constant")) {
      return "constant `" + constant(field.get("constant")) + "`";
    }
    return "`" + field.get("value").asText() + "`";
  }

  private static String constant(JsonNode constant) {
    return constant.asText().isEmpty() ? "\"\"" : constant.asText();
  }

  private static String format(JsonNode command) {
    return command.has("format") ? " as " + command.get("format").asText() : "";
  }

  private static String timeToLive(JsonNode command) {
    JsonNode ttl = command.get("ttl");
    if (ttl == null) {
      return "none";
    }
    if (!ttl.isObject()) {
      return ttl.asText() + " s";
    }
    if (ttl.has("at")) {
      return "until `" + ttl.get("at").asText() + "`";
    }
    String seconds = ttl.get("seconds").asText() + " s";
    return ttl.has("from") ? seconds + " from `" + ttl.get("from").asText() + "` on" : seconds;
  }

  private static String tombstone(JsonNode tombstone) {
    if (!tombstone.isArray()) {
      return switch (tombstone.asText("delete")) {
        case "ignore" -> "is skipped";
        case "reject" -> "goes to the dead-letter topic";
        default -> "deletes the hashes and strings above";
      };
    }
    List<String> steps = new ArrayList<>();
    for (JsonNode command : tombstone) {
      steps.add(command.get("command").asText() + " " + String.join(", ", keys(command)));
    }
    return String.join("; ", steps);
  }

  private static List<String> keys(JsonNode command) {
    List<String> keys = new ArrayList<>();
    if (command.has("key")) {
      keys.add(shown(command.get("key").asText()));
    } else {
      command.get("keys").forEach(key -> keys.add(shown(key.asText())));
    }
    return keys;
  }

  /** A key as people write it: the account left out, expressions by their last name. */
  private static String shown(String template) {
    Matcher expression = EXPRESSION.matcher(template);
    String key =
        expression.replaceAll(
            match -> {
              String name = match.group(1);
              if (name.startsWith("account")) {
                return "";
              }
              String last = name.substring(name.lastIndexOf('.') + 1);
              return Matcher.quoteReplacement("{" + last.replace("OfKey", "") + "}");
            });
    return "`" + SinkSettings.DEFAULT_PREFIX + key + "`";
  }

  private void row(String... cells) {
    List<String> escaped = new ArrayList<>();
    for (String cell : cells) {
      escaped.add(cell.replace("|", "\\|"));
    }
    line("| " + String.join(" | ", escaped) + " |");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
