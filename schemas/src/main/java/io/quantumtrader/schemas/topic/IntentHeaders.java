package io.quantumtrader.schemas.topic;

/** Names of the headers on records of {@link Topic#TRADE_INTENT}. */
public final class IntentHeaders {

  /**
   * Where the intent lay before the stages brought it to its account's partition: {@code
   * PARTITION@OFFSET}, UTF-8 decimal digits. Such a record repeats one that lies on the topic
   * already, so whoever counts what was sent leaves it out; and it is not brought elsewhere again.
   */
  public static final String MOVED_FROM = "quantum.moved.from";

  /**
   * Time of a record that the stages did not take for its own, because it lies before 1970 or ahead
   * of the wall clock: epoch milliseconds as decimal text.
   */
  public static final String TIME_REJECTED = "quantum.time.rejected";

  private IntentHeaders() {}
}
