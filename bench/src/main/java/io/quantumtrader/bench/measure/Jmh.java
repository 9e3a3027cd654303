package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.report.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** What JMH measured of a class of benchmarks: microseconds and bytes, one value a round each. */
final class Jmh {

  private static final String BYTES = "gc.alloc.rate.norm";
  private static final double NANOS = 1e9;

  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  private Jmh() {}

  /**
   * Measures the benchmarks of a class in a JVM of their own; a round is an iteration.
   *
   * @throws IllegalStateException if JMH fails
   */
  static Jmh of(Class<?> benchmarks, Effort effort) {
    Jmh measured = new Jmh();
    try {
      for (RunResult run : new Runner(options(benchmarks, effort)).run()) {
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
          measured.collect(fork);
        }
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
    }
    return measured;
  }

  private static Options options(Class<?> benchmarks, Effort effort) {
    return new OptionsBuilder()
        .include(benchmarks.getName() + "\\.")
        .addProfiler(GCProfiler.class)
        .forks(effort.quick() ? 0 : 1)
        .warmupIterations(effort.quick() ? 0 : 5)
        .warmupTime(TimeValue.seconds(2))
        .measurementIterations(effort.rounds())
        .measurementTime(TimeValue.milliseconds(effort.size(3000, 200)))
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private void collect(BenchmarkResult fork) {
    BenchmarkParams params = fork.getParams();
    String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    for (IterationResult round : fork.getIterationResults()) {
      add(method + ".time", round.getPrimaryResult());
      add(method + ".bytes", bytes(round.getSecondaryResults()));
      round.getSecondaryResults().forEach((counter, result) -> add(method + "." + counter, result));
    }
  }

  private static Result<?> bytes(Map<String, ?> results) {
    return results.entrySet().stream()
        .filter(each -> each.getKey().endsWith(BYTES))
        .map(each -> (Result<?>) each.getValue())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("JMH did not count bytes"));
  }

  private void add(String id, Result<?> result) {
    values.computeIfAbsent(id, same -> new ArrayList<>()).add(result.getScore());
  }

  /** Returns the time of a benchmark in microseconds, under a group's name. */
  Figure time(String group, String method, String title) {
    String id = method + ".time";
    return new Figure(group + "." + id, title, "us", measured(id));
  }

  /** Returns the bytes that a benchmark allocates each time, under a group's name. */
  Figure bytes(String group, String method, String title) {
    String id = method + ".bytes";
    return new Figure(group + "." + id, title, "bytes", measured(id));
  }

  /**
   * Returns how often in a second of processor time something was done, one value a round.
   *
   * @param done counter of the benchmark that says how often
   * @param nanos counter of the processor time in which, nanoseconds
   */
  List<Double> perSecond(String method, String done, String nanos) {
    return Rounds.ratios(measured(method + "." + done), measured(method + "." + nanos)).stream()
        .map(each -> each * NANOS)
        .toList();
  }

  private List<Double> measured(String id) {
    List<Double> measured = values.get(id);
    if (measured == null) {
      throw new IllegalStateException("JMH did not measure " + id);
    }
    return List.copyOf(measured);
  }
}
