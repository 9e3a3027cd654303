package io.quantumtrader.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * What one measurement came to.
 *
 * @param measurement name of the measurement
 * @param provenance where it comes from
 * @param figures its figures, in the order in which they are shown
 */
public record Result(String measurement, Provenance provenance, List<Figure> figures) {

  /** Takes a copy of the figures. */
  public Result {
    figures = List.copyOf(figures);
  }

  /** Returns the figure with this id. */
  public Optional<Figure> figure(String id) {
    return figures.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Returns the ratio of a figure to the loop, one value a round; empty where there is no loop. */
  public Optional<List<Double>> toLoop(Figure figure) {
    return Optional.ofNullable(figure.loop())
        .flatMap(this::figure)
        .map(loop -> Rounds.ratios(figure.values(), loop.values()));
  }
}
