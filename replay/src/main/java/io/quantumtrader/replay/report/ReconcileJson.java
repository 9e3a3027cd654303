package io.quantumtrader.replay.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.reconcile.ComparedFill;
import io.quantumtrader.replay.reconcile.EquityDifference;
import io.quantumtrader.replay.reconcile.FillFigures;
import io.quantumtrader.replay.reconcile.ReconcileReport;
import io.quantumtrader.replay.reconcile.StrayFill;
import io.quantumtrader.replay.reconcile.UnfilledPlan;
import io.quantumtrader.schemas.avro.ApplyPlan;

/**
 * A reconciliation as JSON. Prices, quantities and money of records are plain text, in quote
 * currency; statistics and equity are numbers; times are epoch milliseconds UTC.
 */
public final class ReconcileJson {

  private static final int MOST_POINTS = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReconcileJson() {}

  /** Returns one object. */
  public static ObjectNode of(ReconcileReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("fromMs", report.fromMs());
    root.put("toMs", report.toMs());
    put(root.putObject("model"), report.model());
    put(root.putObject("all"), report.all());
    ObjectNode bySymbol = root.putObject("bySymbol");
    report.bySymbol().forEach((symbol, of) -> put(bySymbol.putObject(symbol), of));
    ArrayNode fills = root.putArray("fills");
    report.fills().forEach(each -> put(fills.addObject(), each));
    ArrayNode unfilled = root.putArray("plansWithoutFill");
    report.unfilled().forEach(each -> put(unfilled.addObject(), each));
    ArrayNode strays = root.putArray("fillsWithoutPlan");
    report.strays().forEach(each -> put(strays.addObject(), each));
    put(root.putObject("equity"), report.equity());
    ObjectNode wallets = root.putObject("walletsUnexplained");
    report.wallets().forEach((account, more) -> wallets.put(account, Words.plain(more)));
    return root;
  }

  private static void put(ObjectNode node, PaperSettings model) {
    node.put("slippageBps", Words.plain(model.slippageBps()));
    node.put("feeRate", Words.plain(model.feeRate()));
    node.put("fundingRate", Words.plain(model.fundingRate()));
    node.put("latencyMs", model.latencyMs());
  }

  private static void put(ObjectNode node, FillFigures of) {
    node.put("fills", of.count());
    node.put("meanBps", of.meanBps());
    node.put("medianBps", of.medianBps());
    node.put("worstBps", of.worstBps());
    node.put("slippageDifference", Words.plain(of.slippage()));
    node.put("feeDifference", Words.plain(of.feeDifference()));
    node.put("funding", Words.plain(of.funding()));
    node.put("modelFunding", Words.plain(of.modelFunding()));
    node.put("gain", Words.plain(of.gain()));
  }

  private static void put(ObjectNode node, ComparedFill fill) {
    node.put("account", fill.account());
    node.put("symbol", fill.symbol());
    node.put("planId", fill.planId());
    node.put("origin", fill.origin().name());
    node.put("trigger", fill.trigger().name());
    node.put("side", fill.side().name());
    node.put("ordered", Words.plain(fill.ordered()));
    node.put("quantity", Words.plain(fill.quantity()));
    node.put("triggerPrice", fill.triggerPrice().map(Words::plain).orElse(null));
    node.put("marketPrice", Words.plain(fill.met()));
    ObjectNode model = node.putObject("model");
    model.put("price", Words.plain(fill.modelPrice()));
    model.put("fee", Words.plain(fill.modelFee()));
    model.put("slippageBps", fill.modelSlippageBps());
    model.put("seenInMarks", fill.seen());
    ObjectNode real = node.putObject("fill");
    real.put("price", Words.plain(fill.realPrice()));
    real.put("fee", Words.plain(fill.realFee()));
    real.put("slippageBps", fill.realSlippageBps());
    real.put("atMs", fill.filledAtMs());
    if (fill.latencyMs().isPresent()) {
      real.put("latencyMs", fill.latencyMs().getAsLong());
    }
    node.put("differenceBps", fill.slippageBps());
    node.put("slippageDifference", Words.plain(fill.slippage()));
    node.put("feeDifference", Words.plain(fill.feeDifference()));
    if (fill.triggerPrice().isPresent()) {
      node.put("fromTriggerBps", fill.fromTriggerBps());
    }
  }

  private static void put(ObjectNode node, UnfilledPlan each) {
    ApplyPlan plan = each.plan();
    node.put("account", plan.getAccount());
    node.put("symbol", plan.getSymbol());
    node.put("planId", plan.getPlanId());
    node.put("action", plan.getAction().name());
    node.put("side", plan.getSide().name());
    node.put("quantity", Words.plain(plan.getQuantity()));
    node.put("price", Words.plain(plan.getPrice()));
    node.put("createdAtMs", plan.getCreatedAtMs());
    node.put("outcome", each.outcome().map(Enum::name).orElse(null));
    node.put("code", each.code());
  }

  private static void put(ObjectNode node, StrayFill each) {
    node.put("account", each.account());
    node.put("symbol", each.symbol());
    node.put("fillId", each.fillId());
    node.put("planId", each.planId());
    node.put("origin", each.origin().name());
    node.put("side", each.side().name());
    node.put("quantity", Words.plain(each.quantity()));
    node.put("price", Words.plain(each.price()));
    node.put("fee", Words.plain(each.fee()));
    node.put("atMs", each.atMs());
    node.put("why", each.why().name());
  }

  private static void put(ObjectNode node, EquityDifference equity) {
    node.put("steps", equity.points().size());
    if (equity.points().isEmpty()) {
      return;
    }
    put(node.putObject("end"), equity.points().getLast());
    put(node.putObject("largest"), equity.points().get(equity.largest().orElse(0)));
    ArrayNode points = node.putArray("points");
    equity.sampled(MOST_POINTS).forEach(each -> put(points.addObject(), each));
  }

  private static void put(ObjectNode node, EquityDifference.Point point) {
    node.put("atMs", point.atMs());
    node.put("pipeline", point.equity());
    node.put("model", point.model());
    node.put("difference", point.difference());
  }
}
