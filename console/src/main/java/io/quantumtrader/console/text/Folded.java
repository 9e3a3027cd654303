package io.quantumtrader.console.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that are not longer than there is room for. */
final class Folded {

  private Folded() {}

  /**
   * Returns the text in lines, broken at blanks; a word that is longer than a line stays whole.
   *
   * @param first what the first line begins with
   * @param next what each other one begins with
   * @param width characters of a line
   */
  static List<String> lines(String text, String first, String next, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    int indent = first.length();
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent && line.length() + word.length() + 1 > width) {
        lines.add(line.toString());
        line = new StringBuilder(next);
        indent = next.length();
      }
      line.append(line.length() == indent ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * Returns the text in one line; what there is no room for is left out, and a sign says so.
   *
   * @param width characters of a line, above 0
   */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
