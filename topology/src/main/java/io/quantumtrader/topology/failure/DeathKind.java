package io.quantumtrader.topology.failure;

/** Why a stream thread died, as far as it matters for what comes next. */
public enum DeathKind {
  /** The schema registry did not answer. */
  REGISTRY(true),
  /** The broker did not answer, or not in time. */
  BROKER(true),
  /** Another member has taken the task over, or its state has to be read again. */
  MOVED(true),
  /** A record whose place is known could not be carried through. */
  RECORD(false),
  /** Anything else. */
  OTHER(false);

  private final boolean passes;

  DeathKind(boolean passes) {
    this.passes = passes;
  }

  /** Returns whether it passes by itself, so that it is waited out without end. */
  public boolean passes() {
    return passes;
  }
}
