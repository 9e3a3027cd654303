package io.quantumtrader.agents.forecast;

import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.ForecastResult.Given;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Several models as one. Their probabilities are combined by the weighted mean over those that
 * answered: the linear opinion pool of M. Stone, "The Opinion Pool", Annals of Mathematical
 * Statistics 32 (1961), 1339-1342. The members are asked one after the other, so a look takes at
 * most the sum of their budgets; one that hangs takes its budget once, see {@link
 * GuardedForecaster}. It owns its members and closes them.
 */
public final class Ensemble implements AutoCloseable {

  /**
   * A member.
   *
   * @param forecaster the model
   * @param weight its weight beside the others', above 0
   */
  public record Member(GuardedForecaster forecaster, double weight) {

    /**
     * Creates a member.
     *
     * @throws IllegalArgumentException if the weight is not a number above 0
     */
    public Member {
      Objects.requireNonNull(forecaster, "forecaster");
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight of %s must be above 0: %s".formatted(forecaster.id(), weight));
      }
    }
  }

  /** Shares of weights that are a level on paper, as 0.1 + 0.6 of 1, lie beside it by rounding. */
  private static final double ROUNDING = 1e-9;

  private final ModelId id;
  private final List<Member> members;
  private final double quorum;
  private final double agreement;
  private final double totalWeight;

  /**
   * Creates an ensemble.
   *
   * @param id what the combination is called
   * @param members one or more, no two of the same id
   * @param quorum least share of the total weight that has to answer, above 0 to 1
   * @param agreement least share of the weight of those that answered whose most probable outcome
   *     is the combination's; with less the ensemble abstains; 0 to 1
   * @throws IllegalArgumentException if a parameter is outside of its range
   */
  public Ensemble(ModelId id, List<Member> members, double quorum, double agreement) {
    if (!(quorum > 0 && quorum <= 1) || !(agreement >= 0 && agreement <= 1)) {
      throw new IllegalArgumentException(
          "expected 0 < quorum <= 1 and 0 <= agreement <= 1: %s, %s".formatted(quorum, agreement));
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("ensemble %s has no members".formatted(id));
    }
    Set<ModelId> seen = new HashSet<>();
    for (Member member : members) {
      if (!seen.add(member.forecaster().id())) {
        throw new IllegalArgumentException(
            "ensemble %s has %s twice".formatted(id, member.forecaster().id()));
      }
    }
    this.id = Objects.requireNonNull(id, "id");
    this.members = List.copyOf(members);
    this.quorum = quorum;
    this.agreement = agreement;
    this.totalWeight = members.stream().mapToDouble(Member::weight).sum();
  }

  /** Returns what the combination is called. */
  public ModelId id() {
    return id;
  }

  /** Asks all members and combines what they answer. */
  public EnsembleVote forecast(FeatureVector features) {
    List<ForecastResult> results = new ArrayList<>(members.size());
    for (Member member : members) {
      results.add(member.forecaster().forecast(features));
    }
    double answered = weightOf(results, forecast -> true);
    double share = answered / totalWeight;
    if (share < quorum - ROUNDING) {
      String why =
          String.format(Locale.ROOT, "%.3f of the weight answered, %.3f has to", share, quorum);
      return new EnsembleVote(new Failed(id, ForecastFault.NO_QUORUM, why), results, 0, true);
    }
    Given combined = combine(results);
    Outcome outcome = combined.forecast().mostProbable();
    double agreed = weightOf(results, forecast -> forecast.mostProbable() == outcome) / answered;
    return new EnsembleVote(combined, results, agreed, agreed < agreement - ROUNDING);
  }

  @Override
  public void close() {
    members.forEach(member -> member.forecaster().close());
  }

  private Given combine(List<ForecastResult> results) {
    double up = 0;
    double flat = 0;
    double down = 0;
    long nanos = 0;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof Given given) {
        double weight = members.get(i).weight();
        up += weight * given.forecast().up();
        flat += weight * given.forecast().flat();
        down += weight * given.forecast().down();
        nanos += given.nanos();
      }
    }
    return new Given(id, Forecast.proportional(up, flat, down), nanos);
  }

  private double weightOf(List<ForecastResult> results, Predicate<Forecast> which) {
    double weight = 0;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).given().filter(which).isPresent()) {
        weight += members.get(i).weight();
      }
    }
    return weight;
  }
}
