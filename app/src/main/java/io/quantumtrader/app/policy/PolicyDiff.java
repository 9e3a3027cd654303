package io.quantumtrader.app.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.policy.PolicyHistory.Holding;
import io.quantumtrader.app.policy.PolicyHistory.Source;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import java.util.ArrayList;
import java.util.List;

/**
 * Two versions of a record beside each other, and beside what is in force.
 *
 * @param key default or account
 * @param from the one
 * @param to the other
 * @param inForce what holds for the key
 */
record PolicyDiff(String key, PolicyVersion from, PolicyVersion to, Holding inForce) {

  /** Returns what differs between both, in the schema's order. */
  List<Difference> changed() {
    return PolicyChange.differences(thresholds(from), thresholds(to));
  }

  /** Returns in what a version differs from what is in force. */
  List<Difference> toInForce(PolicyVersion version) {
    return PolicyChange.differences(thresholds(version), inForce.policy());
  }

  /** Returns it for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(PolicyText.wrap("%s: %s -> %s".formatted(key, title(from), title(to)), "", "  "));
    lines.addAll(shown(changed()));
    lines.addAll(PolicyText.wrap("in force: " + nameInForce(), "", "  "));
    lines.addAll(besideInForce(from));
    if (to.version() != from.version()) {
      lines.addAll(besideInForce(to));
    }
    return lines;
  }

  private List<String> besideInForce(PolicyVersion version) {
    if (inForce.record().filter(version::equals).isPresent()) {
      return List.of("version " + version.version() + " is in force");
    }
    List<String> lines = new ArrayList<>();
    lines.add("version " + version.version() + " -> in force");
    lines.addAll(shown(toInForce(version)));
    return lines;
  }

  /** Returns it as JSON. */
  ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("key", key);
    answer.set("from", json(from));
    answer.set("to", json(to));
    answer.set("changed", PolicyDesk.differences(changed()));
    ObjectNode holding = answer.putObject("inForce");
    holding.put("source", inForce.source().name());
    holding.put("version", inForce.policy().getVersion());
    holding.set("fromChanged", PolicyDesk.differences(toInForce(from)));
    holding.set("toChanged", PolicyDesk.differences(toInForce(to)));
    return answer;
  }

  private static ObjectNode json(PolicyVersion version) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("version", version.version());
    answer.put("atMs", version.atMs());
    answer.put("setBy", version.setBy());
    answer.put("reason", version.reason());
    return answer;
  }

  private String nameInForce() {
    if (inForce.source() == Source.BUILTIN) {
      return "the built-in policy; there is no record";
    }
    String whose = inForce.source() == Source.OWN ? "its own record" : "the default record";
    return whose + ", " + title(inForce.record().orElseThrow());
  }

  private static String title(PolicyVersion version) {
    return "version %d (%s)".formatted(version.version(), PolicyText.time(version.atMs()));
  }

  private static List<String> shown(List<Difference> differences) {
    return differences.isEmpty()
        ? List.of("  no threshold differs")
        : PolicyText.differences(differences);
  }

  private static Policy thresholds(PolicyVersion version) {
    return version.policy().orElseThrow();
  }
}
