package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** (h) Single decisions by JMH: time and bytes. */
public final class Decisions implements Measurement {

  private static final Map<String, String> TITLES =
      Map.of(
          "granted", "granted entry",
          "denied", "denied entry",
          "exit", "heat gate and exit");

  /** Creates it. */
  public Decisions() {}

  @Override
  public String name() {
    return "decisions";
  }

  @Override
  public String covers() {
    return "h";
  }

  @Override
  public String explanation() {
    return """
        Single decisions without Kafka, stores and bytes, measured by JMH in a JVM of its own, with \
        its profiler of allocations: an entry through intake, bridge, governor and portfolio gate \
        to plan, reservation and decision record; one that is denied at the bridge because its \
        symbol may not be opened; and a proposal to close through heat gate and apply layer. A \
        round is an iteration of JMH.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("JMH: 3 benchmarks");
    Jmh measured = Jmh.of(DecisionBenchmark.class, effort);
    List<Figure> figures = new ArrayList<>();
    for (String method : List.of("granted", "denied", "exit")) {
      String title = TITLES.get(method);
      figures.add(measured.time(name(), method, title + ", time"));
      figures.add(measured.bytes(name(), method, title + ", bytes"));
    }
    return figures;
  }
}
