package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes captured from the old services. */
final class GoldenWire {

  private static final JsonMapper JSON = new JsonMapper();

  private GoldenWire() {}

  /** The old services of which there are captured writes: the names of the files. */
  static final List<String> SERVICES =
      List.of(
          "apply_layer",
          "apply_layer_reconcile_close",
          "apply_layer_testnet",
          "harvest_brain_policy",
          "harvest_brain_publish",
          "harvest_proposal_publisher",
          "heat_gate_logic",
          "intent_executor",
          "intent_executor_harvest",
          "market_state_publisher",
          "portfolio_gate",
          "position_state_brain",
          "reconcile_engine",
          "risk_proposal_publisher");

  /**
   * A line of a file.
   *
   * @param name of the case
   * @param writes command and arguments of each, none where the case writes nothing
   */
  record Case(String name, List<List<String>> writes) {}

  /** Returns all lines of a file. */
  static List<Case> cases(String service) {
    List<Case> cases = new ArrayList<>();
    for (String line : lines(service)) {
      JsonNode entry = read(line);
      List<List<String>> writes = new ArrayList<>();
      entry.path("writes").forEach(write -> writes.add(words(write)));
      cases.add(new Case(entry.get("case").asText(), writes));
    }
    return cases;
  }

  /** Returns the writes of a case, command and arguments of each. */
  static List<List<String>> writes(String service, String wanted) {
    for (String line : lines(service)) {
      JsonNode entry = read(line);
      if (entry.get("case").asText().equals(wanted)) {
        List<List<String>> writes = new ArrayList<>();
        entry.get("writes").forEach(write -> writes.add(words(write)));
        return writes;
      }
    }
    throw new IllegalArgumentException(service + " has no case " + wanted);
  }

  /** Returns the one write of a case with this command and key. */
  static List<String> write(String service, String wanted, String command, String key) {
    return writes(service, wanted).stream()
        .filter(write -> write.get(0).equals(command) && write.get(1).equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Returns names and contents of a write, in order. */
  static Map<String, String> fields(List<String> write) {
    int from = write.get(0).equals("XADD") ? write.indexOf("*") + 1 : 2;
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = from; i < write.size(); i += 2) {
      fields.put(write.get(i), write.get(i + 1));
    }
    return fields;
  }

  private static List<String> lines(String service) {
    String resource = "/golden/wire/" + service + ".jsonl";
    try (InputStream in = GoldenWire.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> words(JsonNode write) {
    List<String> words = new ArrayList<>();
    write.forEach(word -> words.add(word.asText()));
    return words;
  }
}
