package io.quantumtrader.compose.real;

import io.quantumtrader.console.health.HealthCost;
import java.util.List;
import java.util.Set;

/**
 * Something of a pipeline that is broken for real, looked at, and mended.
 *
 * @param name what is broken
 * @param costs what of health it costs points for
 * @param troubles titles of the sections of the runbook that it is the trouble of
 * @param play breaks it, says what has to be seen, and mends it; the pipeline is well before, and
 *     has to be again afterwards
 */
record Situation(String name, Set<HealthCost> costs, List<String> troubles, Playing play) {

  /** What happens. */
  interface Playing {
    void on(BrokenPipeline pipeline) throws Exception;
  }

  /** Returns one that costs points. */
  static Situation of(String name, HealthCost cost, Playing play) {
    return new Situation(name, Set.of(cost), List.of(), play);
  }

  /** Returns one that is a trouble of the runbook. */
  static Situation of(String name, String trouble, Playing play) {
    return new Situation(name, Set.of(), List.of(trouble), play);
  }

  /** Returns one that is both. */
  static Situation of(String name, HealthCost cost, String trouble, Playing play) {
    return new Situation(name, Set.of(cost), List.of(trouble), play);
  }
}
