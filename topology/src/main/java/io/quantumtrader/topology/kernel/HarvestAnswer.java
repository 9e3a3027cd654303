package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.decision.kernel.HarvestKernel;
import io.quantumtrader.topology.decision.kernel.HarvestTheta;
import io.quantumtrader.topology.decision.kernel.KernelPosition;
import io.quantumtrader.topology.decision.kernel.KillScore;
import java.util.OptionalDouble;

/** The harvest kernel. Parameters that a theta does not give keep their default. */
final class HarvestAnswer implements Answer {

  @Override
  public JsonNode of(JsonNode input) {
    JsonNode position = Fields.object(input, "position");
    JsonNode state = Fields.object(input, "market_state");
    OptionalDouble stopDistance =
        Fields.has(input, "p1_proposal")
            ? Fields.optional(Fields.object(input, "p1_proposal"), "stop_dist_pct")
            : OptionalDouble.empty();
    HarvestKernel.Proposal proposal =
        HarvestKernel.propose(
            new KernelPosition(
                Fields.text(position, "symbol"),
                Fields.text(position, "side"),
                Fields.number(position, "entry_price"),
                Fields.number(position, "current_price", 0),
                Fields.number(position, "peak_price", 0),
                Fields.number(position, "trough_price", 0),
                Fields.number(position, "age_sec"),
                Fields.number(position, "unrealized_pnl"),
                Fields.optional(position, "current_sl")),
            new KillScore.Market(
                Fields.number(state, "sigma", 0),
                Fields.number(state, "ts", 0),
                Fields.number(state, "p_trend", 0),
                Fields.number(state, "p_mr", 0),
                Fields.number(state, "p_chop", 0)),
            stopDistance,
            theta(input));
    return output(proposal);
  }

  private static HarvestTheta theta(JsonNode input) {
    HarvestTheta defaults = HarvestTheta.DEFAULT;
    if (!Fields.has(input, "theta")) {
      return defaults;
    }
    JsonNode given = Fields.object(input, "theta");
    return new HarvestTheta(
        Fields.number(given, "fallback_stop_pct", defaults.fallbackStop()),
        Fields.number(given, "cost_bps", defaults.costBps()),
        new HarvestTheta.Three(
            Fields.number(given, "T1_R", defaults.rungs().first()),
            Fields.number(given, "T2_R", defaults.rungs().second()),
            Fields.number(given, "T3_R", defaults.rungs().third())),
        new HarvestTheta.Three(
            Fields.number(given, "u1", defaults.tranches().first()),
            Fields.number(given, "u2", defaults.tranches().second()),
            Fields.number(given, "u3", defaults.tranches().third())),
        Fields.number(given, "softmax_temp", defaults.temperature()),
        Fields.number(given, "lock_R", defaults.lock()),
        Fields.number(given, "be_plus_pct", defaults.breakEvenPlus()),
        kill(given, defaults.kill()));
  }

  private static HarvestTheta.Kill kill(JsonNode given, HarvestTheta.Kill defaults) {
    return new HarvestTheta.Kill(
        Fields.number(given, "trend_min", defaults.trendMin()),
        Fields.number(given, "sigma_ref", defaults.sigmaReference()),
        Fields.number(given, "sigma_spike_cap", defaults.sigmaSpikeCap()),
        Fields.number(given, "ts_ref", defaults.tsReference()),
        Fields.number(given, "ts_drop_cap", defaults.tsDropCap()),
        Fields.number(given, "max_age_sec", defaults.maxAgeSeconds()),
        Fields.number(given, "k_regime_flip", defaults.flipWeight()),
        Fields.number(given, "k_sigma_spike", defaults.sigmaWeight()),
        Fields.number(given, "k_ts_drop", defaults.tsWeight()),
        Fields.number(given, "k_age_penalty", defaults.ageWeight()),
        Fields.number(given, "kill_threshold", defaults.threshold()));
  }

  private static ObjectNode output(HarvestKernel.Proposal proposal) {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("harvest_action", proposal.action().name());
    output.set(
        "new_sl_proposed",
        proposal.newStop().isPresent()
            ? Fields.node(proposal.newStop().getAsDouble())
            : JsonNodeFactory.instance.nullNode());
    output.set("R_net", Fields.node(proposal.r()));
    output.set("risk_unit", Fields.node(proposal.riskUnit()));
    output.set("cost_est", Fields.node(proposal.cost()));
    output.set("kill_score", Fields.node(proposal.kill().score()));
    proposal.reasons().forEach(output.putArray("reason_codes")::add);
    ArrayNode weights = output.putArray("tranche_weights");
    proposal.trancheWeights().forEach(weight -> weights.add(Fields.node(weight)));
    output
        .putObject("k_components")
        .<ObjectNode>set("regime_flip", Fields.node(proposal.kill().regimeFlip()))
        .<ObjectNode>set("sigma_spike", Fields.node(proposal.kill().sigmaSpike()))
        .<ObjectNode>set("ts_drop", Fields.node(proposal.kill().tsDrop()))
        .<ObjectNode>set("age_penalty", Fields.node(proposal.kill().agePenalty()));
    return output;
  }
}
