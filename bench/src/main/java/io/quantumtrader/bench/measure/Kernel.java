package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import java.util.List;
import java.util.function.Consumer;

/** (j) The market state kernel by JMH, beside medians that are selected among all slopes. */
public final class Kernel implements Measurement {

  private static final double MICROS = 1e6;

  /** Creates it. */
  public Kernel() {}

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public String covers() {
    return "j";
  }

  @Override
  public String explanation() {
    return """
        Market states out of 257 closes each, without anything around them, measured by JMH in a \
        JVM of its own on one thread. Beside it in the same run, as *the loop*: nothing but the \
        three median slopes that a state needs, selected among all 42 784 slopes of the three \
        windows, the way the kernel found them until it learnt to look at one in a hundred. A round \
        is an iteration of JMH.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("JMH: 2 benchmarks");
    Jmh measured = Jmh.of(KernelBenchmark.class, effort);
    String unit = "states/s";
    String loop = "kernel.all.rate";
    return List.of(
        new Figure("kernel.rate", "states", unit, rates(measured, "state"), loop),
        measured.time(name(), "state", "a state, time"),
        measured.bytes(name(), "state", "a state, bytes"),
        new Figure(loop, "three medians of all slopes", unit, rates(measured, "allSlopes")),
        measured.time(name(), "allSlopes", "three medians of all slopes, time"));
  }

  private static List<Double> rates(Jmh measured, String method) {
    return measured.times(method, micros -> MICROS / micros);
  }
}
