package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.decision.Sides;
import java.util.Optional;

/**
 * Who has to wait when more intents come than can be decided in time. Whatever may be a close goes
 * on at once; entries wait in line, are decided in the order they came, and expire meanwhile as the
 * policy says.
 */
public final class EntryLine {

  /** Age of an intent's record above which the sub-topology is behind, milliseconds. */
  public static final long BEHIND_MS = 2_000;

  /** Entries decided in a step of the clock: so much work lies before the exits that come after. */
  public static final int DECIDED_PER_STEP = 64;

  /** Entries taken from the line in a step of the clock, those that have expired included. */
  public static final int TAKEN_PER_STEP = 512;

  /** Entries of the line decided before one more that is in time. */
  public static final int DECIDED_PER_INTENT = 4;

  private EntryLine() {}

  /**
   * Returns whether an intent can come to nothing but an entry or a denial: what asks for less, or
   * for the other side of what is open, may be a close.
   *
   * @param open the open position in its symbol
   */
  public static boolean isEntry(TradeIntent intent, Optional<PositionLedger> open) {
    if (intent.getAction() == IntentAction.CLOSE || intent.getReduceOnly()) {
      return false;
    }
    Optional<OrderSide> side = Bridge.namedSide(intent.getAction());
    return side.isPresent()
        && open.filter(Sides::isOpen)
            .filter(row -> Sides.closes(row.getSide()) == side.get())
            .isEmpty();
  }

  /** Returns whether a record that was written then shows that the sub-topology is behind now. */
  public static boolean isBehind(long recordMs, long nowMs) {
    return nowMs - recordMs > BEHIND_MS;
  }

  /**
   * Returns whether an entry has to wait.
   *
   * @param othersWait whether entries that came before it wait
   * @param behind whether the sub-topology is behind
   * @param decided entries decided since the last step of the clock
   */
  public static boolean waits(boolean othersWait, boolean behind, int decided) {
    return othersWait || (behind && decided >= DECIDED_PER_STEP);
  }
}
