package io.quantumtrader.agents.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

/**
 * A contextual bandit: what to do in a situation, learned from what came of it before. Each arm has
 * a linear model of its reward, and the one with the greatest upper confidence bound is taken
 * (LinUCB with disjoint models: Li, Chu, Langford and Schapire, <i>A contextual-bandit approach to
 * personalized news article recommendation</i>, 2010, algorithm 1). A stated share of the choices
 * is left to chance among all arms, so that each has a propensity above zero that is known exactly,
 * without which nobody could say afterwards what another policy would have earned.
 *
 * <p>Arm 0 abstains: its reward is 0, which is known and not learned. An arm is therefore only
 * taken while it might earn something.
 *
 * <p>The same draws, rewards and order give the same choices. For one thread.
 */
public final class LinearBandit {

  /** The arm that does nothing. */
  public static final int ABSTAIN = 0;

  private final Settings settings;
  private final List<ArmModel> arms;

  /**
   * What a bandit is set to.
   *
   * @param arms how many there are, abstaining among them, 2 or more
   * @param features length of a context, 1 or more
   * @param width how many standard deviations of its estimate an arm is given the benefit of, 0 or
   *     more; alpha in the paper
   * @param ridge how strongly weights are held at zero before anything is known, above 0
   * @param exploration share of the choices that is left to chance, 0 to 1
   */
  public record Settings(int arms, int features, double width, double ridge, double exploration) {

    /** Checks the ranges. */
    public Settings {
      if (arms < 2 || features < 1) {
        throw new IllegalArgumentException(
            "a bandit needs 2 arms and 1 feature at least, not %d and %d"
                .formatted(arms, features));
      }
      if (!(width >= 0) || !(ridge > 0) || !(exploration >= 0 && exploration <= 1)) {
        throw new IllegalArgumentException(
            "width %s must be 0 or more, ridge %s above 0, exploration %s from 0 to 1"
                .formatted(width, ridge, exploration));
      }
    }
  }

  /**
   * A choice.
   *
   * @param arm what to do, from 0
   * @param propensities the probability with which each arm was to be chosen here; they sum to 1
   * @param bounds upper confidence bound of each arm's reward
   */
  public record Choice(int arm, List<Double> propensities, List<Double> bounds) {

    /** Takes copies. */
    public Choice {
      propensities = List.copyOf(propensities);
      bounds = List.copyOf(bounds);
    }

    /** Returns the probability with which the arm that was chosen was to be. */
    public double propensity() {
      return propensities.get(arm);
    }
  }

  /** Creates one that knows nothing. */
  public LinearBandit(Settings settings) {
    this.settings = settings;
    this.arms =
        IntStream.range(0, settings.arms())
            .mapToObj(arm -> new ArmModel(settings.features(), settings.ridge()))
            .toList();
  }

  /** Returns what it is set to. */
  public Settings settings() {
    return settings;
  }

  /**
   * Chooses.
   *
   * @param context what is known, finite, of the length that is set
   * @param draw a uniform draw from [0, 1), the only chance there is
   */
  public Choice choose(double[] context, double draw) {
    if (!(draw >= 0 && draw < 1)) {
      throw new IllegalArgumentException("a draw must be from [0, 1), not " + draw);
    }
    DMatrixRMaj x = column(context);
    List<Double> bounds = new ArrayList<>();
    for (int arm = 0; arm < settings.arms(); arm++) {
      bounds.add(arm == ABSTAIN ? 0 : arms.get(arm).bound(x, settings.width()));
    }
    int best = best(bounds);
    double exploration = settings.exploration();
    int arm = draw < exploration ? (int) (draw / exploration * settings.arms()) : best;
    List<Double> propensities = new ArrayList<>();
    for (int each = 0; each < settings.arms(); each++) {
      propensities.add(exploration / settings.arms() + (each == best ? 1 - exploration : 0));
    }
    return new Choice(Math.min(arm, settings.arms() - 1), propensities, bounds);
  }

  /** The first of those that are equal: to abstain before anything else. */
  private static int best(List<Double> bounds) {
    int best = ABSTAIN;
    for (int arm = 1; arm < bounds.size(); arm++) {
      if (bounds.get(arm) > bounds.get(best)) {
        best = arm;
      }
    }
    return best;
  }

  /**
   * Learns what came of a choice. Of abstaining nothing is learned.
   *
   * @param context what was known
   * @param arm what was done
   * @param reward what it earned, finite
   */
  public void learn(double[] context, int arm, double reward) {
    if (!Double.isFinite(reward)) {
      throw new IllegalArgumentException("a reward must be finite, not " + reward);
    }
    if (arm != ABSTAIN) {
      arms.get(arm).learn(column(context), reward);
    }
  }

  /**
   * Returns what it expects of an arm.
   *
   * @param context what is known
   * @param arm the arm, from 0
   */
  public double expected(double[] context, int arm) {
    return arm == ABSTAIN ? 0 : arms.get(arm).expected(column(context));
  }

  /** Returns all that it has learned. */
  public State state() {
    return new State(arms.stream().map(ArmModel::state).toList());
  }

  /**
   * Takes up what another one with these settings had learned.
   *
   * @throws IllegalArgumentException if it is of another shape
   */
  public void restore(State state) {
    if (state.arms().size() != settings.arms()) {
      throw new IllegalArgumentException(
          "%d arms, where there are %d".formatted(state.arms().size(), settings.arms()));
    }
    for (int arm = 0; arm < settings.arms(); arm++) {
      arms.get(arm).restore(state.arms().get(arm));
    }
  }

  private DMatrixRMaj column(double[] context) {
    if (context.length != settings.features()
        || !Arrays.stream(context).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a context must have %d finite numbers, not %s"
              .formatted(settings.features(), Arrays.toString(context)));
    }
    return DMatrixRMaj.wrap(context.length, 1, context.clone());
  }

  /**
   * What a bandit has learned.
   *
   * @param arms of each arm
   */
  public record State(List<ArmState> arms) {

    /** Takes a copy. */
    public State {
      arms = List.copyOf(arms);
    }
  }

  /**
   * What is known of one arm.
   *
   * @param inverse inverse of the sum of the contexts' outer products and the ridge, row by row
   * @param rewards sum of the contexts times their rewards
   * @param count how often it was learned from
   */
  public record ArmState(List<Double> inverse, List<Double> rewards, long count) {

    /** Takes copies. */
    public ArmState {
      inverse = List.copyOf(inverse);
      rewards = List.copyOf(rewards);
    }
  }

  /** Ridge regression of one arm's rewards, an observation at a time. */
  private static final class ArmModel {
    private final DMatrixRMaj inverse;
    private final DMatrixRMaj rewards;
    private long count;

    ArmModel(int features, double ridge) {
      inverse = CommonOps_DDRM.identity(features);
      CommonOps_DDRM.scale(1 / ridge, inverse);
      rewards = new DMatrixRMaj(features, 1);
    }

    double expected(DMatrixRMaj x) {
      return VectorVectorMult_DDRM.innerProd(times(rewards), x);
    }

    double bound(DMatrixRMaj x, double width) {
      double variance = Math.max(0, VectorVectorMult_DDRM.innerProd(times(x), x));
      return expected(x) + width * Math.sqrt(variance);
    }

    /** The inverse by the formula of Sherman and Morrison (1950). */
    void learn(DMatrixRMaj x, double reward) {
      DMatrixRMaj along = times(x);
      double scale = -1 / (1 + VectorVectorMult_DDRM.innerProd(along, x));
      VectorVectorMult_DDRM.addOuterProd(scale, along, along, inverse);
      CommonOps_DDRM.addEquals(rewards, reward, x);
      count++;
    }

    private DMatrixRMaj times(DMatrixRMaj x) {
      DMatrixRMaj product = new DMatrixRMaj(x.getNumRows(), 1);
      CommonOps_DDRM.mult(inverse, x, product);
      return product;
    }

    ArmState state() {
      return new ArmState(list(inverse), list(rewards), count);
    }

    void restore(ArmState state) {
      if (state.inverse().size() != inverse.getNumElements()
          || state.rewards().size() != rewards.getNumElements()) {
        throw new IllegalArgumentException(
            "an arm of %d features, where there are %d"
                .formatted(state.rewards().size(), rewards.getNumElements()));
      }
      fill(inverse, state.inverse());
      fill(rewards, state.rewards());
      count = state.count();
    }

    private static List<Double> list(DMatrixRMaj matrix) {
      return Arrays.stream(matrix.getData()).limit(matrix.getNumElements()).boxed().toList();
    }

    private static void fill(DMatrixRMaj matrix, List<Double> values) {
      for (int i = 0; i < values.size(); i++) {
        matrix.set(i, values.get(i));
      }
    }
  }
}
