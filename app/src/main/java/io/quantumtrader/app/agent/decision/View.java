package io.quantumtrader.app.agent.decision;

/**
 * The agent's view of a symbol: all that it remembers of it.
 *
 * @param stance what it wants
 * @param strong whether the trend was strong when it last changed; only with LONG and SHORT
 * @param faded whether the trend has faded since it was last asked for; only with LONG and SHORT
 */
public record View(Stance stance, boolean strong, boolean faded) {

  /** The view of a symbol that was never looked at. */
  public static final View NONE = new View(Stance.NONE, false);

  /** The view of a market to stay away from. */
  public static final View ASIDE = new View(Stance.ASIDE, false);

  public View {
    if ((strong || faded) && stance.direction() == 0) {
      throw new IllegalArgumentException("only LONG and SHORT are strong or fade: " + stance);
    }
  }

  /** Creates a view that has not faded. */
  public View(Stance stance, boolean strong) {
    this(stance, strong, false);
  }
}
