package io.quantumtrader.replay.compare;

/**
 * From which code to which a decision changed; the same where only the quantity did.
 *
 * @param before code in one run, or {@link #NONE}
 * @param after code in the other, or {@link #NONE}
 */
public record CodeChange(String before, String after) {

  /** Stands where a run decided nothing about the input. */
  public static final String NONE = "-";

  /** Returns both in one line. */
  public String text() {
    return before.equals(after) ? before + ", other quantity" : before + " -> " + after;
  }
}
