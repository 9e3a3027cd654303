package io.quantumtrader.replay.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.DecisionChange;
import io.quantumtrader.replay.compare.DecisionChanges;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.Figures;
import io.quantumtrader.replay.result.Results;
import io.quantumtrader.replay.result.Totals;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * A comparison as JSON. Money is in quote currency, as plain text; shares are 0 to 1; what there is
 * no number for is null.
 */
public final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** Returns one object with the base and the other variants in their order. */
  public static ObjectNode of(Comparison comparison) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode variants = root.putArray("variants");
    put(variants.addObject(), comparison.base());
    comparison.others().forEach(other -> put(variants.addObject(), other));
    return root;
  }

  private static void put(ObjectNode node, Comparison.Other other) {
    put(node, other.run());
    ObjectNode thresholds = node.putObject("thresholds");
    other
        .thresholds()
        .forEach(
            each ->
                thresholds
                    .putObject(each.field())
                    .put("before", each.before())
                    .put("after", each.after()));
    put(node.putObject("changed"), other.changes());
  }

  private static void put(ObjectNode node, DecisionChanges changes) {
    node.put("compared", changes.compared());
    node.put("count", changes.count());
    ArrayNode groups = node.putArray("groups");
    for (DecisionChanges.Group group : changes.groups()) {
      ObjectNode each = groups.addObject();
      each.put("before", group.codes().before());
      each.put("after", group.codes().after());
      if (!group.codes().other().isEmpty()) {
        each.put("other", group.codes().other());
      }
      each.put("count", group.count());
      ArrayNode examples = each.putArray("examples");
      group.examples().forEach(example -> put(examples.addObject(), example));
    }
  }

  private static void put(ObjectNode node, DecisionChange change) {
    node.put("atMs", change.atMs());
    node.put("account", change.cause().account());
    node.put("symbol", change.symbol());
    node.put("causeType", change.cause().type());
    node.put("causeId", change.cause().id());
    node.put("before", Words.decision(change.before()));
    node.put("after", Words.decision(change.after()));
  }

  private static void put(ObjectNode node, VariantRun run) {
    Results results = run.results();
    node.put("name", run.variant().name());
    node.put("stateHash", run.hash().whole());
    put(node, results.totals());
    put(node.putObject("bySymbol"), results.bySymbol());
    put(node.putObject("byRegime"), results.byRegime());
  }

  static void put(ObjectNode node, Totals totals) {
    node.put("opened", totals.opened());
    put(node, totals.all());
    node.put("slippage", Words.plain(totals.slippage()));
    node.put("equityChange", totals.equityChange());
    node.put("maxDrawdown", totals.maxDrawdown());
    node.put("maxExposure", totals.maxExposure());
    node.put("averageExposure", totals.averageExposure());
    node.put("maxHeat", totals.maxHeat());
    node.put("timeInMarket", totals.timeInMarket());
    totals.closes().forEach(node.putObject("closes")::put);
  }

  private static void put(ObjectNode node, SortedMap<String, Figures> groups) {
    groups.forEach((name, figures) -> put(node.putObject(name), figures));
  }

  private static void put(ObjectNode node, Figures figures) {
    node.put("closed", figures.closed());
    node.put("won", figures.won());
    put(node, "winRate", figures.winRate());
    put(node, "expectancy", figures.expectancy());
    put(node, "averageR", figures.averageR());
    put(node, "profitFactor", figures.profitFactor());
    node.put("grossProfit", Words.plain(figures.gross()));
    node.put("fees", Words.plain(figures.fees()));
    node.put("funding", Words.plain(figures.funding()));
    node.put("netProfit", Words.plain(figures.net()));
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
