package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.Policy;
import java.util.List;
import java.util.Optional;

/**
 * The ladder: at each rung a share of what is then open is closed, once per position. Where R
 * passes several rungs at once, the lowest that was not taken comes first and the next after its
 * fill, so that a leap closes what a climb would have closed.
 */
final class Ladder {

  /**
   * A rung that is reached and not taken.
   *
   * @param number 1 for the first
   * @param share share of what is open, above 0, at most 1
   */
  record Rung(int number, double share) {

    /** Returns the share in percent, as the old contract names rungs. */
    long percent() {
      return Math.round(100 * share);
    }
  }

  private Ladder() {}

  /**
   * Returns the lowest rung that is reached and not taken.
   *
   * @param r profit after costs, in multiples of R
   * @param taken rungs that fills have carried
   */
  static Optional<Rung> next(double r, List<Integer> taken, Policy policy) {
    List<Double> rungs = policy.getHarvestRungs();
    List<Double> shares = policy.getHarvestShares();
    for (int i = 0; i < Math.min(rungs.size(), shares.size()); i++) {
      double share = shares.get(i);
      boolean usable = share > 0 && share <= 1;
      if (usable && r >= rungs.get(i) && !taken.contains(i + 1)) {
        return Optional.of(new Rung(i + 1, share));
      }
    }
    return Optional.empty();
  }
}
