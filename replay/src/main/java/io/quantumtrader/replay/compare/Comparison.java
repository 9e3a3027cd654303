package io.quantumtrader.replay.compare;

import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyChange.Difference;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs of one history beside each other.
 *
 * @param base what the others are compared with
 * @param others the others, in the order in which they were asked for
 */
public record Comparison(VariantRun base, List<Other> others) {

  /**
   * A run under another policy.
   *
   * @param run the run
   * @param thresholds where its policy differs from the base's
   * @param changes where its decisions differ from the base's
   */
  public record Other(VariantRun run, List<Difference> thresholds, DecisionChanges changes) {}

  /**
   * Compares runs.
   *
   * @param runs the base first; one or more
   */
  public static Comparison of(List<VariantRun> runs) {
    VariantRun base = runs.getFirst();
    return new Comparison(
        base,
        runs.stream()
            .skip(1)
            .map(
                run ->
                    new Other(
                        run,
                        PolicyChange.differences(base.variant().policy(), run.variant().policy()),
                        DecisionChanges.between(base.decisions(), run.decisions())))
            .toList());
  }

  /** Returns all runs, the base first. */
  public List<VariantRun> runs() {
    return Stream.concat(Stream.of(base), others.stream().map(Other::run)).toList();
  }
}
