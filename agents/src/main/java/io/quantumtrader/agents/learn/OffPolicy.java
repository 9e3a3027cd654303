package io.quantumtrader.agents.learn;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a policy would have earned, estimated from what was logged under another one whose
 * propensities are known.
 *
 * <p>With the weight w = target probability of the arm that was taken / its propensity:
 *
 * <ul>
 *   <li>inverse propensity scoring: the mean of w r (Horvitz and Thompson, 1952). Unbiased; its
 *       spread grows with the weights.
 *   <li>self-normalised: sum of w r over sum of w (Swaminathan and Joachims, <i>The self-normalized
 *       estimator for counterfactual learning</i>, 2015). A little biased, and steadier.
 *   <li>doubly robust: the mean of v + w (r - q), with q what a model expects of the arm and v what
 *       it expects of the target policy (Dudík, Langford and Li, <i>Doubly robust policy evaluation
 *       and learning</i>, 2011). Right where the propensities or the model are.
 * </ul>
 *
 * <p>Intervals are those of the normal distribution around the estimate, for the self-normalised
 * one by the delta method. They hold where decisions are many and no weight stands out: {@link
 * Estimate#effective} says how many decisions of equal weight they are worth.
 */
public final class OffPolicy {

  private OffPolicy() {}

  /**
   * A decision that was logged.
   *
   * @param propensity probability with which the arm was taken, above 0, at most 1
   * @param target probability with which the policy in question would have taken it, 0 to 1
   * @param reward what it earned
   * @param modelled what a model expects of that arm; 0 where there is none
   * @param modelledValue what the model expects of the policy in question; 0 where there is none
   */
  public record Logged(
      double propensity, double target, double reward, double modelled, double modelledValue) {

    /** Checks the ranges. */
    public Logged {
      if (!(propensity > 0 && propensity <= 1) || !(target >= 0 && target <= 1)) {
        throw new IllegalArgumentException(
            "propensity %s must be above 0 and at most 1, target probability %s from 0 to 1"
                .formatted(propensity, target));
      }
      if (!Double.isFinite(reward + modelled + modelledValue)) {
        throw new IllegalArgumentException(
            "reward %s and what is expected, %s and %s, must be finite"
                .formatted(reward, modelled, modelledValue));
      }
    }

    /** Creates one without a model. */
    public Logged(double propensity, double target, double reward) {
      this(propensity, target, reward, 0, 0);
    }

    double weight() {
      return target / propensity;
    }
  }

  /**
   * An estimate of the mean reward of a decision.
   *
   * @param value the estimate
   * @param low lower end of its interval
   * @param high upper end
   * @param effective how many decisions of equal weight it is worth: (sum of w)^2 / sum of w^2
   *     (Kish, 1965)
   */
  public record Estimate(double value, double low, double high, double effective) {

    /** Returns whether a value lies in the interval. */
    public boolean holds(double other) {
      return low <= other && other <= high;
    }
  }

  /**
   * Returns the estimate by inverse propensity scoring.
   *
   * @param decisions 2 or more
   * @param level of the interval, between 0 and 1, for example 0.95
   */
  public static Estimate inversePropensity(List<Logged> decisions, double level) {
    return mean(decisions, each -> each.weight() * each.reward(), level);
  }

  /**
   * Returns the doubly robust estimate.
   *
   * @param decisions 2 or more, with what a model expects
   * @param level of the interval
   */
  public static Estimate doublyRobust(List<Logged> decisions, double level) {
    return mean(
        decisions,
        each -> each.modelledValue() + each.weight() * (each.reward() - each.modelled()),
        level);
  }

  /**
   * Returns the self-normalised estimate; NaN where the policy in question would have taken none of
   * the arms that were.
   *
   * @param decisions 2 or more
   * @param level of the interval
   */
  public static Estimate selfNormalised(List<Logged> decisions, double level) {
    require(decisions);
    double weights = decisions.stream().mapToDouble(Logged::weight).sum();
    double value =
        decisions.stream().mapToDouble(each -> each.weight() * each.reward()).sum() / weights;
    double squares =
        decisions.stream()
            .mapToDouble(each -> Math.pow(each.weight() * (each.reward() - value), 2))
            .sum();
    return around(value, Math.sqrt(squares) / weights, level, effective(decisions));
  }

  private static Estimate mean(
      List<Logged> decisions, ToDoubleFunction<Logged> score, double level) {
    require(decisions);
    int count = decisions.size();
    double mean = decisions.stream().mapToDouble(score).sum() / count;
    double squares =
        decisions.stream().mapToDouble(each -> Math.pow(score.applyAsDouble(each) - mean, 2)).sum();
    return around(mean, Math.sqrt(squares / (count - 1) / count), level, effective(decisions));
  }

  private static Estimate around(double value, double error, double level, double effective) {
    double deviations = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + level) / 2);
    return new Estimate(value, value - deviations * error, value + deviations * error, effective);
  }

  private static double effective(List<Logged> decisions) {
    double sum = decisions.stream().mapToDouble(Logged::weight).sum();
    double squares = decisions.stream().mapToDouble(each -> each.weight() * each.weight()).sum();
    return squares == 0 ? 0 : sum * sum / squares;
  }

  private static void require(List<Logged> decisions) {
    if (decisions.size() < 2) {
      throw new IllegalArgumentException(
          "an interval needs 2 decisions at least, not " + decisions.size());
    }
  }
}
