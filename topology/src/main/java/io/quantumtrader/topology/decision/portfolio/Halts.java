package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.StepCloses;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * When losses halt entries. A halt lasts as long as the policy says; where the loss still stands
 * when it ends, the next one begins. A streak of losses halts from its last loss on and not again
 * without another loss, since it cannot end while nothing is traded.
 */
public final class Halts {

  private Halts() {}

  /**
   * Returns the state after a closed position. The positions that are closed at one step of the
   * clock are counted together, whichever of them comes first: where one of them lost nothing, the
   * streak is the losses of that step, else they are added to it. The halt begins at the next step.
   *
   * @param profit after fees, quote currency
   * @param nowMs the account's clock, epoch ms
   */
  public static PortfolioState afterClose(PortfolioState before, BigDecimal profit, long nowMs) {
    StepCloses step =
        Optional.ofNullable(before.getStepCloses())
            .filter(closes -> closes.getAtMs() == nowMs)
            .orElseGet(() -> new StepCloses(nowMs, before.getConsecutiveLosses(), 0, false));
    boolean lost = profit.signum() < 0;
    StepCloses closes =
        new StepCloses(
            nowMs,
            step.getLossesBefore(),
            step.getLosses() + (lost ? 1 : 0),
            step.getWon() || !lost);
    return Copies.of(before, PortfolioState.newBuilder())
        .setStepCloses(closes)
        .setConsecutiveLosses((closes.getWon() ? 0 : closes.getLossesBefore()) + closes.getLosses())
        .setLastLossAtMs(lost ? Long.valueOf(nowMs) : before.getLastLossAtMs())
        .build();
  }

  /**
   * Returns the halt that a streak of losses stands for: from the last of them on. It holds as soon
   * as the streak is there, also before a step of the clock has written it down.
   */
  public static Optional<Halt> streak(PortfolioState state, Policy policy, long nowMs) {
    return streak(
        state.getConsecutiveLosses(), Optional.ofNullable(state.getLastLossAtMs()), policy, nowMs);
  }

  private static Optional<Halt> streak(
      int losses, Optional<Long> lastLossAtMs, Policy policy, long nowMs) {
    return lastLossAtMs
        .map(atMs -> atMs + policy.getHaltMs())
        .filter(untilMs -> losses >= policy.getMaxConsecutiveLosses() && untilMs > nowMs)
        .map(
            untilMs ->
                new Halt(
                    ReasonCode.LOSS_STREAK_LIMIT,
                    untilMs,
                    Numbers.none()
                        .and("consecutiveLosses", losses)
                        .and("maximum", policy.getMaxConsecutiveLosses())));
  }

  /** Returns the halt that a streak of losses begins or prolongs at this step. */
  static Optional<Halt> newStreak(PortfolioState.Builder state, Policy policy, long nowMs) {
    return streak(
            state.getConsecutiveLosses(),
            Optional.ofNullable(state.getLastLossAtMs()),
            policy,
            nowMs)
        .filter(halt -> !isHalted(state, nowMs) || state.getHaltedUntilMs() < halt.untilMs());
  }

  /** Returns the halt that begins at this step, for a state with fresh equity, day and peak. */
  static Optional<Halt> atClock(PortfolioState.Builder state, Policy policy, long nowMs) {
    if (isHalted(state, nowMs)) {
      return Optional.empty();
    }
    BigDecimal equity = state.getEquity();
    return dailyLoss(state.getDayFirstEquity(), equity, policy, nowMs)
        .or(() -> drawdown(state.getPeakEquity(), equity, policy, nowMs));
  }

  /** Writes a halt into the state, or ends the one whose time has come. */
  static void apply(PortfolioState.Builder state, Optional<Halt> halt, long nowMs) {
    if (halt.isPresent()) {
      state.setHaltedUntilMs(halt.get().untilMs()).setHaltCode(halt.get().code().name());
    } else if (!isHalted(state, nowMs)) {
      state.setHaltedUntilMs(null).setHaltCode("");
    }
  }

  private static boolean isHalted(PortfolioState.Builder state, long nowMs) {
    return state.getHaltedUntilMs() != null && state.getHaltedUntilMs() > nowMs;
  }

  /** Returns the halt that the loss of the UTC day stands for, as far as that loss is known. */
  public static Optional<Halt> dailyLoss(PortfolioState state, Policy policy, long nowMs) {
    return state.getDayFirstEquity() == null || state.getEquity() == null
        ? Optional.empty()
        : dailyLoss(state.getDayFirstEquity(), state.getEquity(), policy, nowMs);
  }

  /** Returns the halt that the loss from the peak stands for, as far as that loss is known. */
  public static Optional<Halt> drawdown(PortfolioState state, Policy policy, long nowMs) {
    return state.getPeakEquity() == null || state.getEquity() == null
        ? Optional.empty()
        : drawdown(state.getPeakEquity(), state.getEquity(), policy, nowMs);
  }

  private static Optional<Halt> dailyLoss(
      BigDecimal first, BigDecimal equity, Policy policy, long nowMs) {
    return loss(
        ReasonCode.DAILY_LOSS_LIMIT,
        "dailyLoss",
        first,
        equity,
        policy.getMaxDailyLoss(),
        nowMs + policy.getHaltMs());
  }

  private static Optional<Halt> drawdown(
      BigDecimal peak, BigDecimal equity, Policy policy, long nowMs) {
    return loss(
        ReasonCode.DRAWDOWN_LIMIT,
        "drawdown",
        peak,
        equity,
        policy.getMaxDrawdown(),
        nowMs + policy.getHaltMs());
  }

  private static Optional<Halt> loss(
      ReasonCode code,
      String name,
      BigDecimal from,
      BigDecimal equity,
      double maximum,
      long untilMs) {
    BigDecimal lost = from.subtract(equity);
    BigDecimal limit = from.multiply(Decimals.ratio(maximum));
    if (!Decimals.isPositive(lost) || lost.compareTo(limit) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Halt(
            code,
            untilMs,
            Numbers.none().and(name, Decimals.quotient(lost, from)).and("maximum", maximum)));
  }
}
