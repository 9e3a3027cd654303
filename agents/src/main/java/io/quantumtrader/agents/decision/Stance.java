package io.quantumtrader.agents.decision;

/** What the agent wants in a symbol. */
public enum Stance {
  /** Nothing, but it is looking. */
  NONE,
  /** To be long. */
  LONG,
  /** To be short. */
  SHORT,
  /** To stay away: the market is too quiet or too wild. */
  ASIDE;

  /** Returns 1 for long, -1 for short, else 0. */
  public int direction() {
    return switch (this) {
      case LONG -> 1;
      case SHORT -> -1;
      case NONE, ASIDE -> 0;
    };
  }
}
