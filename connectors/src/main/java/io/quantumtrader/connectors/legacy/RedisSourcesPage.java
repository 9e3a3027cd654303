package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.legacy.LegacyIntentReader;
import java.util.List;
import java.util.stream.Collectors;

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
    intentFields(out);
    out.append("\n## Not read\n\n| in Redis | why not |\n|---|---|\n");
    for (JsonNode each : read(notRead)) {
      out.append("| `").append(each.get("key").asText()).append("` | ");
      out.append(each.get("why").asText()).append(" |\n");
    }
    return new GeneratedPage("redis-sources.md", "Redis sources", out.toString());
  }

  private static void intentFields(StringBuilder out) {
    out.append("\n## Fields of an intent\n\nRead: ");
    out.append(quoted(LegacyIntentReader.fieldsRead()));
    out.append(".\n\nSent by old producers and not acted on: ");
    out.append(quoted(LegacyIntentReader.fieldsPassedOver()));
    out.append(".\n\nAny other name is ignored, with a warning in the log of Connect once per");
    out.append(
        " producer (the field `source`), and counted in the metric `unknown-fields-total`.\n");
    out.append("\n- The action is `intent_action`, else `action`, else `side`: BUY, SELL, LONG,");
    out.append(" SHORT, OPEN_LONG, OPEN_SHORT, CLOSE, CLOSE_LONG, CLOSE_SHORT, PARTIAL_CLOSE_25");
    out.append(" (or any percent), HOLD. Fields that ask for different things are denied");
    out.append(" ACTION_CONTRADICTORY.\n");
    out.append(
        "- The size is the first of `quantity`, `qty` (base units), `position_usd` (margin,");
    out.append(" times leverage), `size`, `position_size_usd` (notional), `fraction`,");
    out.append(" `percentage` (share of the open position, 1 is all). Without one the policy's");
    out.append(" `riskPerTrade` sizes an entry, and a close is for all that is open.\n");
    out.append("- `leverage` 0 or absent is the policy's.\n");
    out.append("- Numbers are any finite decimals: quantities are rounded down at 18 decimals,");
    out.append(" prices and money half to even.\n");
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
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
