package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import java.util.List;

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
   * @param slots the ring, into which the candles taken last need not be written yet
   * @param progress how far the symbol is with them
   * @param taken the candles taken last, in order
   */
  static double[] last(double[] slots, Progress progress, List<Candle> taken) {
    int used = used(progress.closes());
    double[] last = new double[used];
    for (int i = 0; i < used; i++) {
      last[i] = slots[slot(progress.rank() - used + i)];
    }
    int first = used - taken.size();
    for (int i = 0; i < taken.size(); i++) {
      last[first + i] = taken.get(i).getClose().doubleValue();
    }
    return last;
  }
}
