package io.quantumtrader.agents.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a history for training and testing so that a test never lies before what it was trained
 * on, nor beside it: what was entered within the embargo before a test may end within it, and would
 * tell the model what is to come (purging and embargo: López de Prado, <i>Advances in financial
 * machine learning</i>, 2018, chapter 7).
 */
public final class WalkForward {

  private WalkForward() {}

  /**
   * A fold. Times are epoch milliseconds UTC; each begin is in it, each end is not.
   *
   * @param trainFromMs begin of what is trained on
   * @param trainToMs its end
   * @param testFromMs begin of what is tested on, the embargo after that
   * @param testToMs its end
   */
  public record Fold(long trainFromMs, long trainToMs, long testFromMs, long testToMs) {

    /** Returns whether something of that time is trained on. */
    public boolean trains(long atMs) {
      return trainFromMs <= atMs && atMs < trainToMs;
    }

    /** Returns whether something of that time is tested on. */
    public boolean tests(long atMs) {
      return testFromMs <= atMs && atMs < testToMs;
    }
  }

  /**
   * Splits a history into tests of equal length, each trained on all that lies before it and its
   * embargo. The first part of the history, as long as a test, is only trained on.
   *
   * @param fromMs begin of the history
   * @param toMs its end, not in it
   * @param folds how many tests, 1 or more
   * @param embargoMs the longest time that something is held, 0 or more
   * @return the folds in their order
   * @throws IllegalArgumentException if the history is too short for them
   */
  public static List<Fold> split(long fromMs, long toMs, int folds, long embargoMs) {
    if (folds < 1 || embargoMs < 0) {
      throw new IllegalArgumentException(
          "%d folds must be 1 or more, an embargo of %d ms 0 or more".formatted(folds, embargoMs));
    }
    long length = (toMs - fromMs) / (folds + 1);
    if (length <= embargoMs) {
      throw new IllegalArgumentException(
          "a history of %d ms is too short for %d folds with an embargo of %d ms"
              .formatted(toMs - fromMs, folds, embargoMs));
    }
    List<Fold> split = new ArrayList<>();
    for (int fold = 1; fold <= folds; fold++) {
      long testFromMs = fromMs + fold * length;
      long testToMs = fold == folds ? toMs : testFromMs + length;
      split.add(new Fold(fromMs, testFromMs - embargoMs, testFromMs, testToMs));
    }
    return List.copyOf(split);
  }
}
