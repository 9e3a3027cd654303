package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;

/** The page of what is read from Redis, made from the mapping and a list of what is not read. */
final class RedisSourcesPage {

  private static final JsonMapper JSON = new JsonMapper();

  private RedisSourcesPage() {}

  /**
   * Returns the page.
   *
   * @param mapping text of the mapping
   * @param notRead text of the list of what is not read
   */
  static GeneratedPage page(String mapping, String notRead) {
    JsonNode root = read(mapping);
    StringBuilder out = new StringBuilder(root.get("doc").asText()).append("\n\n");
    out.append("Entries are read by the consumer group `quantum-streams` and acknowledged after");
    out.append(
        " Kafka has them. Entries that cannot be read go to `quantum.dlq`: the entry as JSON, its");
    out.append(" stream, id and reason in the headers `redis.stream`, `redis.id`, `redis.reason`.");
    out.append(" A new group starts with the entries added from then on.\n\n");
    out.append("| in Redis | topic | what becomes of it |\n|---|---|---|\n");
    for (JsonNode stream : root.get("streams")) {
      row(out, "`quantum:" + stream.get("stream").asText() + "`", stream);
    }
    for (JsonNode keys : root.get("keys")) {
      StringBuilder names = new StringBuilder();
      keys.get("keys")
          .forEach(
              key ->
                  names
                      .append(names.isEmpty() ? "" : ", ")
                      .append("`quantum:")
                      .append(key.asText())
                      .append('`'));
      row(out, names.toString(), keys);
    }
    out.append("\n## Not read\n\n| in Redis | why not |\n|---|---|\n");
    for (JsonNode each : read(notRead)) {
      out.append("| `").append(each.get("key").asText()).append("` | ");
      out.append(each.get("why").asText()).append(" |\n");
    }
    return new GeneratedPage("redis-sources.md", "Redis sources", out.toString());
  }

  private static void row(StringBuilder out, String name, JsonNode spec) {
    out.append("| ").append(name).append(" | `").append(spec.get("topic").asText());
    out.append("` | ").append(spec.get("doc").asText()).append(" |\n");
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("not JSON", wrong);
    }
  }
}
