package io.quantumtrader.console.why;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.policy.PolicyChange;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something that would have had to be other: one value of the policy, or of the intent.
 *
 * @param isPolicy whether it is of the policy, else of the intent
 * @param field its name in the schema
 * @param from its value, as text
 * @param to what it would have to be, as text
 * @param intent makes the other intent; the same one where it is the policy's value
 */
record Change(
    boolean isPolicy, String field, String from, String to, UnaryOperator<TradeIntent> intent) {

  static Change ofPolicy(String field, String from, String to) {
    return new Change(true, field, from, to, same -> same);
  }

  static Change ofIntent(String field, String from, String to, UnaryOperator<TradeIntent> intent) {
    return new Change(false, field, from, to, intent);
  }

  /** Returns the same change, told from another value. */
  Change from(String text) {
    return new Change(isPolicy, field, text, to, intent);
  }

  /** Returns the policy with the other value; empty where a rule of policies forbids that. */
  Optional<Policy> on(Policy policy) {
    if (!isPolicy) {
      return Optional.of(policy);
    }
    PolicyChange.Outcome outcome = PolicyChange.of(List.of(field + "=" + to)).on(policy);
    return outcome.violations().isEmpty() ? Optional.of(outcome.policy()) : Optional.empty();
  }

  /** Returns it in words. */
  String words() {
    return isPolicy
        ? "policy %s %s instead of %s".formatted(field, to, from)
        : "intent %s %s instead of %s".formatted(field, to, from);
  }
}
