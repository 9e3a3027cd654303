package io.quantumtrader.bench.measure;

import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Market states, for JMH: of windows that move on along one random walk of prices in ticks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {

  private static final int CLOSES = 257;
  private static final int WINDOWS = 4096;
  private static final double SIGMA = 0.001;
  private static final double TICK = 0.001;

  private final double[] path = new double[WINDOWS + CLOSES];
  private final double[] logs = new double[path.length];
  private final double[] closes = new double[CLOSES];
  private final KernelScratch scratch = new KernelScratch();
  private final AllSlopes all = new AllSlopes();
  private int next;

  /** Makes the prices; JMH does. */
  public KernelBenchmark() {
    Random random = new Random(1);
    double price = 100;
    for (int i = 0; i < path.length; i++) {
      price *= Math.exp(SIGMA * random.nextGaussian());
      path[i] = Math.round(price / TICK) * TICK;
      logs[i] = Math.log(path[i]);
    }
  }

  private int window() {
    next = (next + 1) % WINDOWS;
    return next;
  }

  /** A state of 257 closes. */
  @Benchmark
  public Object state() {
    System.arraycopy(path, window(), closes, 0, CLOSES);
    return MarketStateKernel.compute(closes, scratch).orElseThrow();
  }

  /** The three slopes of a state, each selected among all. */
  @Benchmark
  public double allSlopes() {
    int end = window() + CLOSES;
    return all.median(logs, end - 64, 64)
        + all.median(logs, end - 128, 128)
        + all.median(logs, end - 256, 256);
  }
}
