package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the mapping has all that readers of the old system look for. */
class ContractCompletenessTest {

  private static final String FOLDER = "io/quantumtrader/connectors/legacy/";

  /** Declared order of apply.plan; declared fields come in it, others after them. */
  private static final List<String> PLAN_ORDER =
      List.of(
          "plan_id",
          "decision",
          "symbol",
          "side",
          "type",
          "qty",
          "reduceOnly",
          "source",
          "timestamp",
          "action",
          "signature",
          "leverage",
          "stop_loss",
          "take_profit",
          "entry_price",
          "breakeven_price",
          "atr_value",
          "volatility_factor",
          "confidence",
          "regime",
          "kill_score",
          "R_net",
          "reason_codes",
          "steps",
          "close_qty",
          "price",
          "new_sl_proposed",
          "reason");

  private static final List<String> RESULT_ORDER =
      List.of("event_type", "plan_id", "symbol", "executed", "source", "timestamp");

  private final JsonNode mapping = json(LegacyMapping.json()).get("topics");

  @ParameterizedTest
  @CsvSource({
    "quantum.market.state, marketstate:{symbol}",
    "quantum.universe, cfg:universe:active",
    "quantum.universe, cfg:universe:last_ok",
    "quantum.universe, cfg:universe:meta",
    "quantum.universe, cfg:universe:top10",
    "quantum.policy, policy:current",
    "quantum.control, kill",
    "quantum.control, system:mode",
    "quantum.apply.plan, stream:apply.plan",
    "quantum.apply.plan, apply:dedupe:{planId}",
    "quantum.market.state, market:{symbol}:price",
    "quantum.permit, permit:p33:{planId}",
    "quantum.permit, permit:p26:{planId}",
    "quantum.apply.result, stream:apply.result",
    "quantum.position.ledger, position:ledger:{symbol}",
    "quantum.position.snapshot, position:snapshot:{symbol}",
    "quantum.position.snapshot, state:positions:{symbol}",
    "quantum.position.snapshot, position:{symbol}",
    "quantum.harvest.proposal, stream:harvest.proposal",
    "quantum.harvest.calibrated, harvest:proposal:{symbol}",
    "quantum.harvest.calibrated, stream:harvest.calibrated",
    "quantum.portfolio.state, state:portfolio",
    "quantum.decision, stream:decision",
    "quantum.decision, stream:apply.result"
  })
  void shouldWriteEveryKeyOfTheTopics(String topic, String key) {
    assertThat(keys(mapping.get(topic))).contains(key);
  }

  @ParameterizedTest
  @CsvSource({
    "permit:p33:{planId}, safe_qty, pyfloat",
    "permit:p33:{planId}, safe_close_qty, pyfloat",
    "permit:p33:{planId}, created_at, epoch-float",
    "state:positions:{symbol}, risk_missing, int",
    "state:positions:{symbol}, notional_usd, pyfloat",
    "state:positions:{symbol}, opened_at, epoch-s",
    "position:{symbol}, risk_missing, int",
    "position:{symbol}, position_amt, pyfloat",
    "position:ledger:{symbol}, trades, int",
    "position:ledger:{symbol}, leverage, int",
    "position:ledger:{symbol}, realized_pnl, pyfloat",
    "position:ledger:{symbol}, notional_usd, pyfloat",
    "position:snapshot:{symbol}, margin_used, pyfloat",
    "position:snapshot:{symbol}, liquidation_price, pyfloat",
    "position:snapshot:{symbol}, age_sec, pyfloat",
    "position:snapshot:{symbol}, mark_price, pyfloat",
    "position:snapshot:{symbol}, unrealized_pnl, pyfloat",
    "marketstate:{symbol}, last_update, epoch-s",
    "harvest:proposal:{symbol}, reason, ''",
    "harvest:proposal:{symbol}, action, ''",
    "harvest:proposal:{symbol}, calibrated, int",
    "harvest:proposal:{symbol}, R_net, pyfloat",
    "stream:harvest.proposal, R_net, pyfloat",
    "position:ledger:{symbol}, opened_at, epoch-s",
    "position:ledger:{symbol}, total_realized_pnl, pyfloat",
    "cfg:universe:meta, asof_epoch, epoch-s",
    "cfg:universe:meta, last_ok_epoch, epoch-s",
    "cfg:universe:meta, stale, ''",
    "cfg:universe:last_ok, symbols, json",
    "cfg:universe:top10, generated_at, iso",
    "cfg:universe:top10, criteria, object",
    "state:portfolio, exposure_pct, pyfloat",
    "state:portfolio, margin_ratio, pyfloat",
    "state:portfolio, total_realized_pnl, fixed:2",
    "state:portfolio, equity_usd, fixed:2",
    "marketstate:{symbol}, sigma, fixed:8",
    "marketstate:{symbol}, mu, fixed:8",
    "marketstate:{symbol}, p_trend, fixed:6",
    "stream:marketstate, ts, fixed:6",
    "harvest:proposal:{symbol}, computed_at_utc, iso",
    "stream:apply.plan, entry_price, fixed:8",
    "stream:apply.plan, breakeven_price, fixed:8",
    "stream:apply.plan, qty, pyfloat",
    "stream:apply.plan, reduceOnly, bool"
  })
  void shouldHaveTheFieldInItsFormat(String key, String field, String format) {
    assertThat(fields(key)).containsEntry(field, format);
  }

  @Test
  void shouldKeepTheDeclaredOrderOfPlansAndResults() {
    List<String> plan = new ArrayList<>(fields("stream:apply.plan").keySet());
    assertThat(plan).startsWith(PLAN_ORDER.subList(0, 10).toArray(String[]::new));
    List<String> declared = new ArrayList<>(plan);
    declared.retainAll(PLAN_ORDER);
    assertThat(declared).isSortedAccordingTo(java.util.Comparator.comparing(PLAN_ORDER::indexOf));
    assertThat(plan.subList(declared.size(), plan.size())).doesNotContainAnyElementsOf(PLAN_ORDER);
    for (String topic : List.of("quantum.apply.result", "quantum.decision")) {
      assertThat(names(command(mapping.get(topic), "stream:apply.result")))
          .startsWith(RESULT_ORDER.toArray(String[]::new));
    }
  }

  @Test
  void shouldServeOrNameEveryKeyThatOldServicesRead() {
    Set<String> served = new LinkedHashSet<>();
    mapping.forEach(topic -> keys(topic).forEach(key -> served.add("quantum:" + key)));
    for (JsonNode entry : json(LegacyMapping.resource(FOLDER + "readers.json"))) {
      String key = entry.get("key").asText();
      switch (entry.get("is").asText()) {
        case "served" -> assertThat(served).contains(key);
        case "read" -> assertThat(read()).contains(key);
        case "not read" ->
            assertThat(json(LegacyMapping.resource(FOLDER + "not-read.json")))
                .anyMatch(not -> not.get("key").asText().equals(key));
        case "not written" -> {
          assertThat(served).doesNotContain(key);
          assertThat(notWritten()).as(key).anyMatch(pattern -> pattern.matcher(key).matches());
        }
        default -> throw new AssertionError(entry);
      }
    }
  }

  @Test
  void shouldListEveryKeyThatIsServed() {
    Set<String> listed = new LinkedHashSet<>();
    json(LegacyMapping.resource(FOLDER + "readers.json"))
        .forEach(entry -> listed.add(entry.get("key").asText()));
    mapping.forEach(
        topic -> keys(topic).forEach(key -> assertThat(listed).contains("quantum:" + key)));
  }

  /** The streams that the source takes up. */
  private static Set<String> read() {
    Set<String> streams = new LinkedHashSet<>();
    json(LegacyMapping.resource(FOLDER + "legacy-source-mapping.json"))
        .get("streams")
        .forEach(stream -> streams.add("quantum:" + stream.get("stream").asText()));
    return streams;
  }

  private static List<Pattern> notWritten() {
    List<Pattern> patterns = new ArrayList<>();
    for (JsonNode entry : json(LegacyMapping.resource(FOLDER + "not-written.json"))) {
      for (String key : List.of(entry.get("keys").asText().split(", ", -1))) {
        String glob = key.replaceAll("\\{[a-z_]+}", "*").replace(".", "\\.").replace("*", ".*");
        patterns.add(Pattern.compile(glob));
      }
    }
    return patterns;
  }

  private Map<String, String> fields(String key) {
    for (JsonNode topic : mapping) {
      JsonNode command = command(topic, key);
      if (command != null && command.has("fields")) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (JsonNode field : command.get("fields")) {
          String format = field.has("object") ? "object" : field.path("format").asText();
          fields.putIfAbsent(field.get("name").asText(), format);
        }
        return fields;
      }
    }
    throw new AssertionError("no fields for " + key);
  }

  private static List<String> names(JsonNode command) {
    List<String> names = new ArrayList<>();
    command.get("fields").forEach(field -> names.add(field.get("name").asText()));
    return names;
  }

  private static JsonNode command(JsonNode topic, String key) {
    for (JsonNode command : topic.get("commands")) {
      if (keysOf(command).contains(key)) {
        return command;
      }
    }
    return null;
  }

  private static Set<String> keys(JsonNode topic) {
    Set<String> keys = new LinkedHashSet<>();
    topic.get("commands").forEach(command -> keys.addAll(keysOf(command)));
    return keys;
  }

  private static List<String> keysOf(JsonNode command) {
    List<String> keys = new ArrayList<>();
    if (command.has("key")) {
      keys.add(shown(command.get("key").asText()));
    }
    command.path("keys").forEach(key -> keys.add(shown(key.asText())));
    return keys;
  }

  /** A key without account and with the last name of each expression. */
  private static String shown(String template) {
    return template
        .replaceAll("\\$\\{account[A-Za-z]*}", "")
        .replace("OfKey}", "}")
        .replaceAll("\\$\\{(?:[a-z]+\\.)?([A-Za-z]+)}", "{$1}");
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
