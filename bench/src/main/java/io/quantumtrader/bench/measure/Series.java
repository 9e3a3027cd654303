package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures that grow by a value in each round. */
final class Series {

  private record Head(String title, String unit, String loop) {}

  private final Map<String, Head> heads = new LinkedHashMap<>();
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  /** Adds the value of a round. */
  void add(String id, String title, String unit, double value) {
    add(id, title, unit, null, value);
  }

  /**
   * Adds the value of a round.
   *
   * @param loop id of the figure that it is set against, or null
   */
  void add(String id, String title, String unit, String loop, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException(id + " was not measured: " + value);
    }
    heads.putIfAbsent(id, new Head(title, unit, loop));
    values.computeIfAbsent(id, same -> new ArrayList<>()).add(value);
  }

  /** Returns the figures, in the order in which they came up first. */
  List<Figure> figures() {
    return heads.entrySet().stream()
        .map(
            each ->
                new Figure(
                    each.getKey(),
                    each.getValue().title(),
                    each.getValue().unit(),
                    values.get(each.getKey()),
                    each.getValue().loop()))
        .toList();
  }
}
