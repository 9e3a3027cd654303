package io.quantumtrader.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One quantity, measured once a round.
 *
 * @param id name for programs, for example {@code entries.accepted.rate}
 * @param title what it is, for people
 * @param unit unit of the values, for example {@code intents/s}
 * @param values one value a round, in the order in which they were measured
 * @param loop id of the figure of the hand-written loop that it is set against, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(String id, String title, String unit, List<Double> values, String loop) {

  /** Takes a copy of the values. */
  public Figure {
    values = List.copyOf(values);
  }

  /** Creates a figure that is set against no other. */
  public Figure(String id, String title, String unit, List<Double> values) {
    this(id, title, unit, values, null);
  }

  /** Returns the median of the rounds. */
  public double median() {
    return Rounds.median(values);
  }
}
