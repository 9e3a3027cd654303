package io.quantumtrader.schemas.policy;

import io.quantumtrader.schemas.avro.TradingState;
import java.util.Optional;

/** Which trading state holds for an account: the stages and the executor go by the same. */
public final class TradingStates {

  private TradingStates() {}

  /**
   * Returns the stricter of what is set for all and what is set for the account; REDUCING where
   * neither is: without an operator's word nothing is opened. A state that this version does not
   * know counts as HALTED: it was set to restrict something, and what it restricts cannot be told.
   */
  public static TradingState inForce(Optional<TradingState> all, Optional<TradingState> account) {
    if (all.isEmpty() && account.isEmpty()) {
      return TradingState.REDUCING;
    }
    TradingState ofAll = all.orElse(TradingState.ACTIVE);
    TradingState ofAccount = account.orElse(TradingState.ACTIVE);
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
