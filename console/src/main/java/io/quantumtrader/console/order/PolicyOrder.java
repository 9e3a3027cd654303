package io.quantumtrader.console.order;

import io.quantumtrader.console.Means;
import java.util.List;

/** A change of the policy that an operator wants scheduled, or one that is to be taken back. */
public record PolicyOrder(
    @Means("what is to be done") Kind kind,
    @Means("default, or the account whose policy it changes; empty for WITHDRAW") String name,
    @Means("thresholds as FIELD=VALUE; none for WITHDRAW") List<String> changes,
    @Means("not before this time on the clock, epoch ms UTC; null for no such condition") Long atMs,
    @Means("not before so many days from now; 0 for no such condition") int afterDays,
    @Means("not before so many more closed trades; 0 for no such condition") int afterTrades,
    @Means("not while the drawdown is a larger share, 0 to 1; null for no such condition")
        Double drawdownAtMost,
    @Means("not while the day's loss is a larger share, 0 to 1; null for no such condition")
        Double dailyLossAtMost,
    @Means("apply it although an account is then beyond a new limit") boolean evenIfExceeded,
    @Means("id of the scheduled change to withdraw; empty for SCHEDULE") String scheduleId,
    @Means("why; never blank, it is recorded") String reason) {

  /** Most days that can be waited for, ten years: what is further off is a slip of the finger. */
  public static final int MOST_DAYS = 3_650;

  /** Most trades that can be waited for. */
  public static final int MOST_TRADES = 1_000_000;

  /** Takes a copy of the changes. */
  public PolicyOrder {
    changes = List.copyOf(changes);
  }

  /** What can be ordered. */
  public enum Kind {
    /** Change thresholds as soon as all conditions hold; without any, at the next step. */
    SCHEDULE,
    /** Take a scheduled change back. */
    WITHDRAW
  }
}
