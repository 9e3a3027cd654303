package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.snapshot.Protection;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * What is proposed.
 *
 * @param action action in the old contract's words
 * @param trigger what led to it
 * @param rung rung of the ladder; 0 where it is none
 * @param share share of what is open that is closed; empty where nothing is
 */
record Exit(String action, ExitTrigger trigger, int rung, Optional<Double> share) {

  /** Action where nothing is to be done. */
  static final String NONE = "NONE";

  /** Action that only moves the stop. */
  static final String UPDATE_STOP = "UPDATE_SL";

  private static final String FULL_CLOSE = "FULL_CLOSE_PROPOSED";
  private static final String PARTIAL = "PARTIAL_";

  /**
   * Returns what comes first: a stop or target hit, then the kill score, then a rung, then a moved
   * stop.
   *
   * @param hit stop or target that was hit
   * @param killed whether the kill score asks for a close
   */
  static Exit first(
      Optional<ExitTrigger> hit,
      boolean killed,
      Optional<Ladder.Rung> rung,
      Optional<StopMove> move) {
    return hit.or(() -> killed ? Optional.of(ExitTrigger.KILL_SCORE) : Optional.empty())
        .map(trigger -> new Exit(FULL_CLOSE, trigger, 0, Optional.of(1.0)))
        .or(() -> rung.map(Exit::partial))
        .or(() -> move.map(moved -> new Exit(UPDATE_STOP, moved.trigger(), 0, Optional.empty())))
        .orElse(new Exit(NONE, ExitTrigger.NONE, 0, Optional.empty()));
  }

  private static Exit partial(Ladder.Rung rung) {
    return new Exit(
        PARTIAL + rung.percent(), ExitTrigger.RUNG, rung.number(), Optional.of(rung.share()));
  }

  /** Returns whether the price is at or beyond the stop that holds, else the target. */
  static Optional<ExitTrigger> hit(HarvestView view, BigDecimal stop) {
    boolean isLong = view.row().getSide() == PositionSide.LONG;
    int toStop = view.mark().compareTo(stop);
    if (isLong ? toStop <= 0 : toStop >= 0) {
      return Optional.of(ExitTrigger.STOP_HIT);
    }
    return Protection.target(view.row())
        .map(target -> view.mark().compareTo(target))
        .filter(toTarget -> isLong ? toTarget >= 0 : toTarget <= 0)
        .map(reached -> ExitTrigger.TARGET_HIT);
  }

  /** Returns the reason code of a stop or target hit. */
  static String reason(ExitTrigger hit) {
    return hit.name().toLowerCase(Locale.ROOT);
  }
}
