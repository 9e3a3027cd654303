package io.quantumtrader.replay.compare;

import java.util.Optional;

/**
 * A decision that came out differently.
 *
 * @param cause what it is about
 * @param atMs when, in the run that decided it first, epoch milliseconds UTC
 * @param symbol symbol it is about; empty for none
 * @param before what one run decided; empty where it decided nothing about this
 * @param after what the other decided; empty where it decided nothing about this
 */
public record DecisionChange(
    DecisionCause cause,
    long atMs,
    String symbol,
    Optional<DecisionNote> before,
    Optional<DecisionNote> after) {

  /** Returns the codes of both, by which changes are grouped. */
  CodeChange codes() {
    String was = before.map(DecisionNote::code).orElse(CodeChange.NONE);
    String is = after.map(DecisionNote::code).orElse(CodeChange.NONE);
    return new CodeChange(was, is, was.equals(is) ? other() : "");
  }

  private String other() {
    return before.isEmpty() || after.isEmpty() ? "" : before.get().differsIn(after.get());
  }
}
