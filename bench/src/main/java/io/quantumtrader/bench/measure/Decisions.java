package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** (h) Single decisions by JMH: time and bytes. */
public final class Decisions implements Measurement {

  private static final String BYTES = "gc.alloc.rate.norm";

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
    Map<String, List<Double>> values = new LinkedHashMap<>();
    try {
      for (RunResult run : new Runner(options(effort)).run()) {
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
          collect(fork, values);
        }
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
    }
    return figures(values);
  }

  private static Options options(Effort effort) {
    return new OptionsBuilder()
        .include(DecisionBenchmark.class.getName() + "\\.")
        .addProfiler(GCProfiler.class)
        .forks(effort.quick() ? 0 : 1)
        .warmupIterations(effort.quick() ? 0 : 5)
        .warmupTime(TimeValue.seconds(2))
        .measurementIterations(effort.rounds())
        .measurementTime(TimeValue.milliseconds(effort.size(3000, 200)))
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private static void collect(BenchmarkResult fork, Map<String, List<Double>> values) {
    BenchmarkParams params = fork.getParams();
    String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    for (IterationResult round : fork.getIterationResults()) {
      add(values, method + ".time", round.getPrimaryResult());
      add(values, method + ".bytes", bytes(round.getSecondaryResults()));
    }
  }

  private static Result<?> bytes(Map<String, ?> results) {
    return results.entrySet().stream()
        .filter(each -> each.getKey().endsWith(BYTES))
        .map(each -> (Result<?>) each.getValue())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("JMH did not count bytes"));
  }

  private static void add(Map<String, List<Double>> values, String id, Result<?> result) {
    values.computeIfAbsent(id, same -> new ArrayList<>()).add(result.getScore());
  }

  private static List<Figure> figures(Map<String, List<Double>> values) {
    List<Figure> figures = new ArrayList<>();
    for (String method : List.of("granted", "denied", "exit")) {
      figures.add(figure(method, "time", "us", values));
      figures.add(figure(method, "bytes", "bytes", values));
    }
    return figures;
  }

  private static Figure figure(
      String method, String kind, String unit, Map<String, List<Double>> values) {
    String id = method + "." + kind;
    Collection<Double> measured = values.get(id);
    if (measured == null) {
      throw new IllegalStateException("JMH did not measure " + id);
    }
    return new Figure(
        "decisions." + id, TITLES.get(method) + ", " + kind, unit, List.copyOf(measured));
  }
}
