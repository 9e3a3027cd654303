package io.quantumtrader.execution.twin.core;

/**
 * How the exchange's own machinery behaves next: everything that can go another way than one would
 * like without a fault in the network. Not thread-safe; whoever holds the core holds this too.
 */
public final class CoreFaults {
  private int parts = 1;
  private int triggersToReject;
  private boolean fillBeforeTriggered;
  private boolean hideActualOrder;
  private long fillDelayMs;
  private long partEveryMs;
  private int expirePartly;
  private boolean siblingsStay;

  /** Lets each market order fill in this many parts from now on, 1 or more. */
  public void parts(int count) {
    parts = Math.max(1, count);
  }

  /** Lets the next conditional orders be refused when they trigger. */
  public void rejectTriggers(int count) {
    triggersToReject = Math.max(0, count);
  }

  /** Tells the fill of a conditional order before that it triggered. */
  public void fillBeforeTriggered(boolean on) {
    fillBeforeTriggered = on;
  }

  /** Tells of triggered conditional orders without the id of the order they became. */
  public void hideActualOrder(boolean on) {
    hideActualOrder = on;
  }

  /** Lets market orders rest this long before they fill, milliseconds, 0 or more. */
  public void fillDelayMs(long ms) {
    fillDelayMs = Math.max(0, ms);
  }

  /**
   * Lets a market order fill one part at a time, this long apart, milliseconds; 0: all at once. The
   * twin looks at its clock between them.
   */
  public void partEveryMs(long ms) {
    partEveryMs = Math.max(0, ms);
  }

  /** Lets the next market orders fill by half, rounded down to the step, and then expire. */
  public void expirePartly(int count) {
    expirePartly = Math.max(0, count);
  }

  /** Lets orders that close a position stay after it is gone, instead of expiring with it. */
  public void siblingsStay(boolean on) {
    siblingsStay = on;
  }

  boolean siblingsStay() {
    return siblingsStay;
  }

  long partEveryMs() {
    return partEveryMs;
  }

  boolean takeExpirePartly() {
    if (expirePartly == 0) {
      return false;
    }
    expirePartly--;
    return true;
  }

  int parts() {
    return parts;
  }

  boolean hideActualOrder() {
    return hideActualOrder;
  }

  boolean fillBeforeTriggered() {
    return fillBeforeTriggered;
  }

  long fillDelayMs() {
    return fillDelayMs;
  }

  boolean takeRejectedTrigger() {
    if (triggersToReject == 0) {
      return false;
    }
    triggersToReject--;
    return true;
  }
}
