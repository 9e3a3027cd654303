package io.quantumtrader.topology.decision.market;

/**
 * Which slots the last closes lie in. The close of rank n lies in slot n modulo {@link #SLOTS}.
 * There are two slots more than closes are looked at: a replaced candle takes back up to two
 * closes, and what they had pushed out of the window must still be there.
 */
public final class CloseRing {

  /** Closes that a state is computed from at most. */
  public static final int CAPACITY = 300;

  /** Slots of the ring. */
  public static final int SLOTS = CAPACITY + 2;

  private CloseRing() {}

  /** Returns the slot of the close of this rank, counted from 0. */
  public static int slot(long rank) {
    return (int) (rank % SLOTS);
  }

  /** Returns how many of the closes a state is computed from. */
  public static int used(long closes) {
    return (int) Math.min(closes, CAPACITY);
  }

  /**
   * Returns the last closes, oldest first.
   *
   * @param slots the ring
   * @param closes closes so far in this warm-up
   * @param rank closes so far since ever
   */
  public static double[] last(double[] slots, long closes, long rank) {
    int used = used(closes);
    double[] last = new double[used];
    for (int i = 0; i < used; i++) {
      last[i] = slots[slot(rank - used + i)];
    }
    return last;
  }
}
