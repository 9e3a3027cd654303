package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.TradingState;

/** Which trading state holds. */
public final class TradingStates {

  private TradingStates() {}

  /**
   * Returns the stricter of what is set for all and for the account. Where neither is set it is
   * REDUCING: without an operator's word nothing is opened. A state that this version does not know
   * is taken as HALTED.
   *
   * @param forAll state under the key {@code *}, or null
   * @param forAccount state under the account, or null
   */
  public static TradingState effective(TradingState forAll, TradingState forAccount) {
    if (forAll == null && forAccount == null) {
      return TradingState.REDUCING;
    }
    TradingState all = known(forAll);
    TradingState account = known(forAccount);
    return strictness(all) >= strictness(account) ? all : account;
  }

  private static TradingState known(TradingState state) {
    if (state == null) {
      return TradingState.ACTIVE;
    }
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
