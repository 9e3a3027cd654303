package io.quantumtrader.bench.report;

import java.util.List;
import java.util.Optional;

/** A result as lines of at most 80 columns, for a terminal. */
public final class ResultTable {

  private static final String ROW = "%-40.40s %9s %-9.9s %s%n";

  private ResultTable() {}

  /** Returns the lines of a result. */
  public static String of(Result result) {
    StringBuilder text = new StringBuilder();
    text.append(result.measurement()).append('\n');
    for (Figure figure : result.figures()) {
      text.append(
          ROW.formatted(
              "  " + figure.title(),
              Numbers.text(figure.median()),
              figure.unit(),
              spread(figure.values())));
      Optional<List<Double>> ratios = result.toLoop(figure);
      ratios.ifPresent(
          values ->
              text.append(
                  ROW.formatted(
                      "    against the loop",
                      Numbers.text(Rounds.median(values)),
                      "",
                      spread(values))));
    }
    return text.toString();
  }

  private static String spread(List<Double> values) {
    return values.size() == 1
        ? ""
        : Numbers.text(Rounds.least(values)) + ".." + Numbers.text(Rounds.most(values));
  }
}
