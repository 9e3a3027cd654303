package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import java.util.List;
import java.util.function.Consumer;

/** (j) The market state kernel by JMH, beside medians that are selected among all slopes. */
public final class Kernel implements Measurement {

  private static final String UNIT = "states/s";

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
        Market states out of 257 closes each, without anything around them, by JMH in a JVM of its \
        own on one thread. A rate is that of one core: states in a second of the thread's processor \
        time. Beside it in the same run, as *the loop*: nothing but the three median slopes that a \
        state needs, selected among all 42 784 slopes of the three windows, the way the kernel \
        did before it selected among few of them. A round is an iteration of JMH.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("JMH: 2 benchmarks");
    Jmh measured = Jmh.of(KernelBenchmark.class, effort);
    String loop = "kernel.all.rate";
    return List.of(
        new Figure("kernel.rate", "states", UNIT, rates(measured, "state"), loop),
        measured.bytes(name(), "state", "a state, bytes"),
        new Figure(loop, "three medians of all slopes", UNIT, rates(measured, "allSlopes")));
  }

  private static List<Double> rates(Jmh measured, String method) {
    return measured.perSecond(method, "states", "nanos");
  }
}
