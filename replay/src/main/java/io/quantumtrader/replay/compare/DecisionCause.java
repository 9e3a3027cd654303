package io.quantumtrader.replay.compare;

import io.quantumtrader.schemas.avro.Decision;

/**
 * What a decision is about. Decisions of two runs belong together where this is the same.
 *
 * @param account account, or {@code *}
 * @param type kind of input
 * @param id id of the input: intent id, plan id, fill id, or symbol and time
 */
public record DecisionCause(String account, String type, String id)
    implements Comparable<DecisionCause> {

  /** Returns what a decision is about. */
  static DecisionCause of(Decision decision) {
    return new DecisionCause(
        decision.getAccount(), decision.getCauseType().name(), decision.getCauseId());
  }

  @Override
  public int compareTo(DecisionCause other) {
    int byAccount = account.compareTo(other.account);
    if (byAccount != 0) {
      return byAccount;
    }
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }
}
