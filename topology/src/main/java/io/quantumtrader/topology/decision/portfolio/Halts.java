package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
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

  /** Returns the state after a closed position, and the halt that begins with it. */
  public static Closed afterClose(
      PortfolioState before, BigDecimal profit, Policy policy, long nowMs) {
    PortfolioState.Builder state = PortfolioState.newBuilder(before);
    if (profit.signum() >= 0) {
      return new Closed(state.setConsecutiveLosses(0).build(), Optional.empty());
    }
    int losses = before.getConsecutiveLosses() + 1;
    state.setConsecutiveLosses(losses).setLastLossAtMs(nowMs);
    Optional<Halt> halt =
        losses < policy.getMaxConsecutiveLosses()
            ? Optional.empty()
            : Optional.of(
                new Halt(
                    ReasonCode.LOSS_STREAK_LIMIT,
                    nowMs + policy.getHaltMs(),
                    Numbers.none()
                        .and("consecutiveLosses", losses)
                        .and("maximum", policy.getMaxConsecutiveLosses())));
    apply(state, halt, nowMs);
    return new Closed(state.build(), halt);
  }

  /**
   * An account after one of its positions was closed.
   *
   * @param state what to keep
   * @param haltBegan the halt that began with it
   */
  public record Closed(PortfolioState state, Optional<Halt> haltBegan) {}

  /** Returns the halt that begins at this step, for a state with fresh equity, day and peak. */
  static Optional<Halt> atClock(PortfolioState.Builder state, Policy policy, long nowMs) {
    if (isHalted(state, nowMs)) {
      return Optional.empty();
    }
    return dailyLoss(state, policy, nowMs).or(() -> drawdown(state, policy, nowMs));
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

  private static Optional<Halt> dailyLoss(PortfolioState.Builder state, Policy policy, long nowMs) {
    return loss(
        ReasonCode.DAILY_LOSS_LIMIT,
        "dailyLoss",
        state.getDayFirstEquity(),
        state.getEquity(),
        policy.getMaxDailyLoss(),
        nowMs + policy.getHaltMs());
  }

  private static Optional<Halt> drawdown(PortfolioState.Builder state, Policy policy, long nowMs) {
    return loss(
        ReasonCode.DRAWDOWN_LIMIT,
        "drawdown",
        state.getPeakEquity(),
        state.getEquity(),
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
