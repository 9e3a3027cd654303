package io.quantumtrader.topology.decision.universe;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.RankedSymbol;
import io.quantumtrader.schemas.policy.IntervalScale;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Ranks symbols by how well they can be traded. A symbol passes with a fresh state that is not
 * suspect, volatility and trend strength at least the policy's, scaled to its interval. Where none
 * passes, the core symbols with a fresh state stand in.
 *
 * <p>score = 0.25 min(sigma / s, 1) + 0.35 min(ts / t, 1) + 0.25 pTrend + 0.15 v, with s = 0.02 and
 * t = 0.8 per hour scaled to the interval, and v = min(log10(1 + notional of 24 h) / 10, 1): the
 * weights of the old list with a share for volume, which it had but never knew. Ties go by symbol.
 */
public final class UniverseRanking {

  private static final double FULL_SIGMA_PER_HOUR = 0.02;
  private static final double FULL_TS_PER_HOUR = 0.8;
  private static final double FULL_NOTIONAL_DIGITS = 10;

  private static final double SIGMA_WEIGHT = 0.25;
  private static final double TS_WEIGHT = 0.35;
  private static final double TREND_WEIGHT = 0.25;
  private static final double VOLUME_WEIGHT = 0.15;

  private static final Comparator<RankedSymbol> BEST_FIRST =
      Comparator.comparingDouble(RankedSymbol::getScore)
          .reversed()
          .thenComparing(RankedSymbol::getSymbol);

  private UniverseRanking() {}

  /**
   * Returns the list.
   *
   * @param states last state of each symbol, in any order
   * @param nowMs the clock, epoch ms
   */
  public static Ranking rank(Collection<MarketState> states, Policy policy, long nowMs) {
    List<MarketState> fresh =
        states.stream().filter(state -> isFresh(state, policy, nowMs)).toList();
    List<RankedSymbol> passed =
        fresh.stream()
            .filter(state -> passes(state, policy))
            .map(UniverseRanking::ranked)
            .sorted(BEST_FIRST)
            .toList();
    long intervalMs = fresh.stream().mapToLong(MarketState::getIntervalMs).min().orElse(0);
    double minSigma = IntervalScale.fromHour(policy.getUniverseMinSigma(), intervalMs);
    double minTs = IntervalScale.fromHour(policy.getUniverseMinTs(), intervalMs);
    if (!passed.isEmpty()) {
      List<RankedSymbol> best = passed.stream().limit(policy.getUniverseSize()).toList();
      return new Ranking(
          ReasonCode.UNIVERSE_RANKED, best, minSigma, minTs, fresh.size(), passed.size());
    }
    List<RankedSymbol> core = core(fresh, policy);
    ReasonCode code = core.isEmpty() ? ReasonCode.UNIVERSE_EMPTY : ReasonCode.UNIVERSE_FALLBACK;
    return new Ranking(code, core, minSigma, minTs, fresh.size(), 0);
  }

  /** Returns the score of a state, 0 to 1. */
  static double score(MarketState state) {
    double sigma = IntervalScale.fromHour(FULL_SIGMA_PER_HOUR, state.getIntervalMs());
    double ts = IntervalScale.fromHour(FULL_TS_PER_HOUR, state.getIntervalMs());
    double volume =
        StrictMath.log10(1 + Math.max(state.getNotional24h(), 0)) / FULL_NOTIONAL_DIGITS;
    return SIGMA_WEIGHT * Math.min(state.getSigma() / sigma, 1)
        + TS_WEIGHT * Math.min(state.getTs() / ts, 1)
        + TREND_WEIGHT * state.getPTrend()
        + VOLUME_WEIGHT * Math.min(volume, 1);
  }

  private static boolean isFresh(MarketState state, Policy policy, long nowMs) {
    double oldest =
        policy.getStateMaxIntervals() * state.getIntervalMs() + policy.getStateGraceMs();
    return !state.getPriceSuspect() && nowMs - state.getAsOfMs() <= oldest;
  }

  private static boolean passes(MarketState state, Policy policy) {
    long intervalMs = state.getIntervalMs();
    return state.getSigma() >= IntervalScale.fromHour(policy.getUniverseMinSigma(), intervalMs)
        && state.getTs() >= IntervalScale.fromHour(policy.getUniverseMinTs(), intervalMs);
  }

  private static List<RankedSymbol> core(List<MarketState> fresh, Policy policy) {
    return policy.getUniverseCore().stream()
        .flatMap(
            symbol -> fresh.stream().filter(state -> state.getSymbol().equals(symbol)).limit(1))
        .map(UniverseRanking::ranked)
        .limit(policy.getUniverseSize())
        .toList();
  }

  private static RankedSymbol ranked(MarketState state) {
    return new RankedSymbol(state.getSymbol(), score(state), state.getSigma(), state.getTs());
  }
}
