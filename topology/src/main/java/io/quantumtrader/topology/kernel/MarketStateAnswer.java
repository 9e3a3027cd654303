package io.quantumtrader.topology.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import io.quantumtrader.topology.decision.kernel.MarketStateTheta;
import java.util.ArrayList;
import java.util.List;

/** The market state kernel. A theta is merged over the defaults, section by section. */
final class MarketStateAnswer implements Answer {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final KernelScratch scratch = new KernelScratch();

  @Override
  public JsonNode of(JsonNode input) {
    JsonNode prices = input.path("prices");
    if (!prices.isArray()) {
      throw new InputException("prices is not an array");
    }
    double[] closes = new double[prices.size()];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = Fields.asNumber(prices.get(i), "prices[" + i + "]");
    }
    MarketStateTheta theta = theta(section(input, "theta"));
    return MarketStateKernel.compute(closes, theta, scratch)
        .<JsonNode>map(state -> output(state, theta))
        .orElse(JsonNodeFactory.instance.nullNode());
  }

  private static JsonNode section(JsonNode parent, String name) {
    return Fields.has(parent, name) ? Fields.object(parent, name) : NOTHING;
  }

  private static MarketStateTheta theta(JsonNode theta) {
    MarketStateTheta defaults = MarketStateTheta.DEFAULT;
    return new MarketStateTheta(
        Fields.number(theta, "eps", defaults.eps()),
        volatility(section(theta, "vol"), defaults.volatility()),
        trend(section(theta, "trend"), defaults.trend()),
        regime(section(theta, "regime"), defaults.regime()));
  }

  private static MarketStateTheta.Volatility volatility(
      JsonNode given, MarketStateTheta.Volatility defaults) {
    return new MarketStateTheta.Volatility(
        Fields.whole(given, "window", defaults.window()),
        Fields.number(given, "winsor_q_low", defaults.winsorLow()),
        Fields.number(given, "winsor_q_high", defaults.winsorHigh()),
        Fields.number(given, "ewma_lambda", defaults.lambda()),
        Fields.number(given, "sigma_floor", defaults.floor()),
        Fields.number(given, "spike_proxy_cap", defaults.spikeCap()),
        Fields.number(given, "spike_center", defaults.spikeCenter()),
        Fields.number(given, "spike_scale", defaults.spikeScale()));
  }

  private static MarketStateTheta.Trend trend(JsonNode given, MarketStateTheta.Trend defaults) {
    List<Integer> windows = defaults.windows();
    if (Fields.has(given, "windows")) {
      windows = new ArrayList<>();
      for (JsonNode window : given.get("windows")) {
        windows.add(Fields.asWhole(window, "windows"));
      }
    }
    List<Double> weights = defaults.weights();
    if (Fields.has(given, "weights")) {
      weights = new ArrayList<>();
      for (JsonNode weight : given.get("weights")) {
        weights.add(Fields.asNumber(weight, "weights"));
      }
    }
    String method = Fields.has(given, "method") ? Fields.text(given, "method") : defaults.method();
    return new MarketStateTheta.Trend(windows, weights, method);
  }

  private static MarketStateTheta.Regime regime(JsonNode given, MarketStateTheta.Regime defaults) {
    return new MarketStateTheta.Regime(
        Fields.whole(given, "window", defaults.window()),
        Fields.whole(given, "vr_k", defaults.lags()),
        Fields.number(given, "softmax_temp", defaults.temperature()),
        scores(section(given, "score"), defaults.scores()));
  }

  private static MarketStateTheta.Scores scores(JsonNode given, MarketStateTheta.Scores defaults) {
    return new MarketStateTheta.Scores(
        Fields.number(given, "a1", defaults.a1()),
        Fields.number(given, "a2", defaults.a2()),
        Fields.number(given, "a3", defaults.a3()),
        Fields.number(given, "b1", defaults.b1()),
        Fields.number(given, "b2", defaults.b2()),
        Fields.number(given, "b3", defaults.b3()),
        Fields.number(given, "c1", defaults.c1()),
        Fields.number(given, "c2", defaults.c2()),
        Fields.number(given, "c3", defaults.c3()));
  }

  private static ObjectNode output(MarketStateKernel.State state, MarketStateTheta theta) {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("sigma", Fields.node(state.sigma()));
    output.set("mu", Fields.node(state.mu()));
    output.set("ts", Fields.node(state.ts()));
    output
        .putObject("regime_probs")
        .<ObjectNode>set("trend", Fields.node(state.regimes().trend()))
        .<ObjectNode>set("mr", Fields.node(state.regimes().meanReversion()))
        .<ObjectNode>set("chop", Fields.node(state.regimes().chop()));
    output
        .putObject("features")
        .<ObjectNode>set("dp", Fields.node(state.dp()))
        .<ObjectNode>set("vr", Fields.node(state.vr()))
        .<ObjectNode>set("spike_proxy", Fields.node(state.spikeProxy()));
    ObjectNode windows = output.putObject("windows").put("returns_n", state.returns());
    theta.trend().windows().forEach(windows.putArray("trend_windows")::add);
    windows.put("regime_window", theta.regime().window());
    output
        .putObject("ts_components")
        .<ObjectNode>set("mu_abs", Fields.node(Math.abs(state.mu())))
        .<ObjectNode>set("sigma_used", Fields.node(state.sigma()));
    return output;
  }
}
