package io.quantumtrader.replay.compare;

/**
 * From which code to which a decision changed.
 *
 * @param before code in one run, or {@link #NONE}
 * @param after code in the other, or {@link #NONE}
 * @param other what else differs where the code is the same: stage, verdict or quantity, the first
 *     of them; empty where the codes differ
 */
public record CodeChange(String before, String after, String other) {

  /** Stands where a run decided nothing about the input. */
  public static final String NONE = "-";

  /** Returns both in one line. */
  public String text() {
    return other.isEmpty() ? word(before) + " -> " + word(after) : before + ", other " + other;
  }

  private static String word(String code) {
    return code.equals(NONE) ? "nothing" : code;
  }
}
