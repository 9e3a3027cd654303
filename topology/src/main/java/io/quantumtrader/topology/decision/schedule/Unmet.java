package io.quantumtrader.topology.decision.schedule;

/**
 * A condition of a scheduled change that does not hold now.
 *
 * @param kind which
 * @param account of which account; empty where it is not of one
 * @param wanted what has to be, for people
 * @param now what is, for people
 */
public record Unmet(Kind kind, String account, String wanted, String now) {

  /** What can be waited for. */
  public enum Kind {
    /** The clock. */
    TIME,
    /** Closed trades since it was scheduled. */
    TRADES,
    /** The loss from the peak of equity. */
    DRAWDOWN,
    /** The loss of the UTC day. */
    DAILY_LOSS
  }

  /** Returns it for people, without a full stop. */
  public String text() {
    return "%s%s (now %s)".formatted(wanted, account.isEmpty() ? "" : " of " + account, now);
  }
}
