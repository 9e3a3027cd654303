package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import java.util.Optional;

/** Which trading state holds for an account. */
public final class TradingStates {

  private TradingStates() {}

  /**
   * Returns the stricter of what holds for all and what holds for the account; REDUCING where there
   * is no record at all. A state that this version does not know counts as HALTED: it was set to
   * restrict something, and what it restricts cannot be told.
   */
  public static TradingState inForce(Optional<Control> all, Optional<Control> account) {
    if (all.isEmpty() && account.isEmpty()) {
      return TradingState.REDUCING;
    }
    TradingState ofAll = all.map(Control::getTradingState).orElse(TradingState.ACTIVE);
    TradingState ofAccount = account.map(Control::getTradingState).orElse(TradingState.ACTIVE);
    return strictness(ofAll) >= strictness(ofAccount) ? known(ofAll) : known(ofAccount);
  }

  private static TradingState known(TradingState state) {
    return state == TradingState.UNRECOGNIZED ? TradingState.HALTED : state;
  }

  private static int strictness(TradingState state) {
    return switch (state) {
      case ACTIVE -> 0;
      case REDUCING -> 1;
      case HALTED, UNRECOGNIZED -> 2;
    };
  }
}
