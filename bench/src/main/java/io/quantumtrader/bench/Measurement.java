package io.quantumtrader.bench;

import io.quantumtrader.bench.report.Figure;
import java.util.List;
import java.util.function.Consumer;

/** Something that can be measured by itself. */
public interface Measurement {

  /** Returns its name on the command line. */
  String name();

  /** Returns which letters of the plan of measurements it covers, for example {@code abc}. */
  String covers();

  /** Returns what it does and what its figures mean, for people: Markdown. */
  String explanation();

  /**
   * Measures.
   *
   * @param progress hears what it is at, a few words each time
   * @return its figures, with one value for each round
   * @throws IllegalStateException if something else happened than what was to be measured
   */
  List<Figure> run(Effort effort, Consumer<String> progress);
}
