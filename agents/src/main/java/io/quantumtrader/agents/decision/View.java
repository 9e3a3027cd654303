package io.quantumtrader.agents.decision;

/**
 * The agent's view of a symbol: all that it remembers of it.
 *
 * @param stance what it wants
 * @param strong whether the trend was strong when it last changed; only with LONG and SHORT
 * @param due whether it is to be asked for again as soon as the trend is clear; only with LONG and
 *     SHORT
 */
public record View(Stance stance, boolean strong, boolean due) {

  /** The view of a symbol that was never looked at. */
  public static final View NONE = new View(Stance.NONE, false);

  /** The view of a market to stay away from. */
  public static final View ASIDE = new View(Stance.ASIDE, false);

  public View {
    if ((strong || due) && stance.direction() == 0) {
      throw new IllegalArgumentException("only LONG and SHORT are strong or due: " + stance);
    }
  }

  /** Creates a view that is not to be asked for again. */
  public View(Stance stance, boolean strong) {
    this(stance, strong, false);
  }

  /** Returns the same view, to be asked for again; a view without direction stays as it is. */
  public View askedInVain() {
    return stance.direction() == 0 ? this : new View(stance, strong, true);
  }
}
