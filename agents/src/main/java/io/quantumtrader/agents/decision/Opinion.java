package io.quantumtrader.agents.decision;

import io.quantumtrader.schemas.avro.IntentAction;
import java.util.Optional;

/**
 * What a look at a symbol came to.
 *
 * @param view the view from now on
 * @param call what to ask for; empty where there is nothing new to ask for
 */
public record Opinion(View view, Optional<Call> call) {

  /**
   * What the agent asks for.
   *
   * @param action OPEN_LONG, OPEN_SHORT, CLOSE or HOLD
   * @param confidence how sure it is of the action, 0 to 1
   * @param reason why, one sentence with the numbers
   */
  public record Call(IntentAction action, double confidence, String reason) {}

  static Opinion unchanged(View view) {
    return new Opinion(view, Optional.empty());
  }

  static Opinion changed(View view, IntentAction action, double confidence, String reason) {
    return new Opinion(view, Optional.of(new Call(action, confidence, reason)));
  }
}
