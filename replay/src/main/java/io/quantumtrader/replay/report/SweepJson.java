package io.quantumtrader.replay.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.sweep.SweepResult;
import io.quantumtrader.replay.sweep.Trial;
import java.util.Locale;

/** A sweep as JSON; a score that is none is null. */
public final class SweepJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SweepJson() {}

  /** Returns one object with the rule, what luck would have found, and the trials best first. */
  public static ObjectNode of(SweepResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("select", result.rule().name().toLowerCase(Locale.ROOT));
    root.put("rule", result.rule().words());
    root.put("variantsTried", result.trials().size());
    root.put("sharpe", result.sharpe().value());
    root.put("sharpePeriods", result.sharpe().periods());
    root.put("sharpeByLuck", result.luck().expectedByLuck());
    root.put("deflatedSharpe", result.luck().probability());
    ArrayNode trials = root.putArray("trials");
    result.trials().forEach(each -> trials.add(trial(each)));
    return root;
  }

  /** Returns one run. */
  public static ObjectNode trial(Trial trial) {
    ObjectNode node = JSON.createObjectNode();
    if (Double.isInfinite(trial.score())) {
      node.putNull("score");
    } else {
      node.put("score", trial.score());
    }
    node.put("sharpe", trial.sharpe().value());
    node.put("name", trial.variant().name());
    node.put("stateHash", trial.stateHash());
    JsonReport.put(node, trial.totals());
    return node;
  }
}
