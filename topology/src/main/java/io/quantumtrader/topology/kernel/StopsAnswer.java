package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.decision.kernel.KernelPosition;
import io.quantumtrader.topology.decision.kernel.StopsKernel;
import io.quantumtrader.topology.decision.kernel.StopsTheta;

/** The stops kernel. A theta replaces the default whole: factors it does not give are 1. */
final class StopsAnswer implements Answer {

  @Override
  public JsonNode of(JsonNode input) {
    JsonNode state = Fields.object(input, "market_state");
    StopsKernel.Market market =
        new StopsKernel.Market(
            Fields.number(state, "sigma", 0),
            Fields.number(state, "ts", 0),
            Fields.numbers(state, "regime_probs"));
    JsonNode position = Fields.object(input, "position");
    StopsKernel.Proposal proposal =
        StopsKernel.propose(
            Fields.text(input, "symbol"),
            market,
            new KernelPosition(
                Fields.text(position, "symbol"),
                Fields.text(position, "side"),
                Fields.number(position, "entry_price", 0),
                Fields.number(position, "current_price"),
                Fields.number(position, "peak_price"),
                Fields.number(position, "trough_price"),
                Fields.number(position, "age_sec", 0),
                Fields.number(position, "unrealized_pnl", 0),
                Fields.optional(position, "current_sl")),
            theta(input));
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("proposed_sl", Fields.node(proposal.stop()));
    output.set("proposed_tp", Fields.node(proposal.target()));
    proposal.reasons().forEach(output.putArray("reason_codes")::add);
    return output;
  }

  private static StopsTheta theta(JsonNode input) {
    StopsTheta defaults = StopsTheta.DEFAULT;
    if (!Fields.has(input, "theta")) {
      return defaults;
    }
    JsonNode given = Fields.object(input, "theta");
    return new StopsTheta(
        Fields.number(given, "sl_min_pct", defaults.stopMin()),
        Fields.number(given, "tp_min_pct", defaults.targetMin()),
        Fields.numbers(given, "k_sl"),
        Fields.numbers(given, "k_tp"),
        Fields.numbers(given, "k_trail"),
        Fields.number(given, "tp_extend_gain", defaults.extensionGain()),
        Fields.number(given, "tp_extend_max", defaults.extensionMax()),
        given.path("monotonic_sl").asBoolean(defaults.monotonic()),
        Fields.number(given, "eps", defaults.eps()));
  }
}
