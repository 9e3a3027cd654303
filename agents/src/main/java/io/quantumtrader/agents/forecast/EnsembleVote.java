package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import java.util.List;

/**
 * What an ensemble came to.
 *
 * @param combined the combination of those that answered, or NO_QUORUM
 * @param members what each member answered, in the ensemble's order
 * @param agreement share of the weight of those that answered whose most probable outcome is the
 *     combination's, 0 to 1; 0 without a quorum
 * @param abstains whether nothing is to be done by it: without a quorum, or where too few agree
 */
public record EnsembleVote(
    ForecastResult combined, List<ForecastResult> members, double agreement, boolean abstains) {

  /**
   * Creates a vote.
   *
   * @throws IllegalArgumentException if the agreement is not from 0 to 1, or a combination that
   *     failed does not abstain
   */
  public EnsembleVote {
    if (!(agreement >= 0 && agreement <= 1)) {
      throw new IllegalArgumentException("agreement must be from 0 to 1: " + agreement);
    }
    if (combined instanceof Failed && !abstains) {
      throw new IllegalArgumentException("no forecast to act by: " + combined);
    }
    members = List.copyOf(members);
  }
}
