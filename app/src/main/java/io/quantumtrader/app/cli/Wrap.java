package io.quantumtrader.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Text for people, at most {@value #COLUMNS} columns wide. */
public final class Wrap {

  /** How wide a line may be. */
  public static final int COLUMNS = 80;

  private Wrap() {}

  /**
   * Breaks a text at spaces, or behind commas, where it would be too wide; what has neither stays
   * whole.
   *
   * @param begin begins the first line
   * @param next begins each line after it
   */
  public static List<String> lines(String text, String begin, String next) {
    return lines(text, begin, next, "(?<=[ ,])");
  }

  /** Breaks a text as {@link #lines} does, but at spaces alone. */
  static List<String> words(String text, String begin, String next) {
    return lines(text, begin, next, "(?<= )");
  }

  private static List<String> lines(String text, String begin, String next, String behind) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(begin);
    boolean empty = true;
    for (String part : text.split(behind, -1)) {
      if (!empty && line.length() + part.stripTrailing().length() > COLUMNS) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(next);
      }
      line.append(part);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
