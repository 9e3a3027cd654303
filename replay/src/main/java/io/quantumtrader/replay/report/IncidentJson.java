package io.quantumtrader.replay.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.incident.CloseWhatIf;
import io.quantumtrader.replay.incident.IncidentOutcome;
import io.quantumtrader.replay.incident.IncidentReport;
import io.quantumtrader.replay.incident.OldRefusal;
import java.util.Map;

/** An incident as JSON. Shares are fractions of 1, times epoch milliseconds UTC. */
public final class IncidentJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private IncidentJson() {}

  /** Returns one object. */
  public static ObjectNode of(IncidentReport report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("incident", report.incident().label());
    node.put("title", report.incident().title());
    report.incident().story().forEach(node.putArray("story")::add);
    put(node.putObject("then"), report.then());
    put(node.putObject("now"), report.now());
    ObjectNode sources = node.putObject("rulesOfThen");
    report.then().refused().keySet().forEach(code -> putSource(sources, code));
    report.then().held().keySet().forEach(code -> putSource(sources, code));
    if (!report.whatIf().isEmpty()) {
      ArrayNode whatIf = node.putArray("whatIf");
      report.whatIf().forEach(each -> put(whatIf.addObject(), each));
    }
    return node;
  }

  private static void putSource(ObjectNode node, String code) {
    OldRefusal rule = OldRefusal.valueOf(code);
    node.putObject(code).put("meaning", rule.meaning()).put("where", rule.where());
  }

  private static void put(ObjectNode node, IncidentOutcome outcome) {
    node.put("intents", outcome.intents());
    node.put("granted", outcome.granted());
    put(node.putObject("refused"), outcome.refused());
    node.put("opened", outcome.opened());
    node.put("mostOpen", outcome.mostOpen());
    node.put("highestExposure", outcome.highestExposure());
    node.put("watched", outcome.watched());
    node.put("withStop", outcome.protectedPositions());
    put(node.putObject("held"), outcome.held());
    put(node.putObject("closes"), outcome.closes());
    node.put("openAtEnd", outcome.openAtEnd());
    outcome.examples().forEach(node.putArray("examples")::add);
  }

  private static void put(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static void put(ObjectNode node, CloseWhatIf whatIf) {
    node.put("name", whatIf.name());
    whatIf.thresholds().forEach(node.putArray("thresholds")::add);
    node.put("heldTimes", whatIf.heldTimes());
    whatIf.firstHeld().ifPresent(point -> put(node.putObject("firstHeld"), point));
    whatIf.atTheScore().ifPresent(point -> put(node.putObject("heldAtTheScore"), point));
    whatIf.closed().ifPresent(close -> put(node.putObject("closed"), close));
    node.put("realized", whatIf.realized().stripTrailingZeros().toPlainString());
  }

  private static void put(ObjectNode node, CloseWhatIf.Point point) {
    node.put("atMs", point.atMs());
    node.put("killScore", point.killScore());
    node.put("rNet", point.rNet());
    node.put("code", point.code());
  }

  private static void put(ObjectNode node, CloseWhatIf.Close close) {
    node.put("atMs", close.atMs());
    node.put("trigger", close.trigger());
    node.put("price", close.price().stripTrailingZeros().toPlainString());
    close.proposal().ifPresent(point -> put(node.putObject("proposal"), point));
  }
}
