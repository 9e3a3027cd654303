package io.quantumtrader.execution.executor;

import static io.quantumtrader.schemas.policy.TradingStates.inForce;

import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The trading states that operators have set. */
final class TradingStates {

  private final Map<String, TradingState> states = new HashMap<>();

  /**
   * Takes what was set.
   *
   * @param key {@code *} or an account
   * @param state what was set, or null where it was taken back
   */
  void set(String key, TradingState state) {
    if (state == null) {
      states.remove(key);
    } else {
      states.put(key, state);
    }
  }

  /** Returns the state that holds for an account. */
  TradingState of(String account) {
    return inForce(
        Optional.ofNullable(states.get(Accounts.ALL)), Optional.ofNullable(states.get(account)));
  }
}
