package io.quantumtrader.bench.measure;

import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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

  /** States between two looks at the processor's time. */
  static final int TURN = 64;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The processor's time, which says on a busy machine, too, what a core would do. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Spent {

    /** Processor time of this thread in an iteration, nanoseconds. */
    public long nanos;

    /** States in it. */
    public long states;

    /** Creates it; JMH does. */
    public Spent() {}

    private void add(long begin) {
      nanos += THREADS.getCurrentThreadCpuTime() - begin;
      states += TURN;
    }
  }

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

  /** States of 257 closes. */
  @Benchmark
  @OperationsPerInvocation(TURN)
  public double state(Spent spent) {
    long begin = THREADS.getCurrentThreadCpuTime();
    double sum = 0;
    for (int i = 0; i < TURN; i++) {
      System.arraycopy(path, window(), closes, 0, CLOSES);
      sum += MarketStateKernel.compute(closes, scratch).orElseThrow().ts();
    }
    spent.add(begin);
    return sum;
  }

  /** The three slopes of as many states, each selected among all. */
  @Benchmark
  @OperationsPerInvocation(TURN)
  public double allSlopes(Spent spent) {
    long begin = THREADS.getCurrentThreadCpuTime();
    double sum = 0;
    for (int i = 0; i < TURN; i++) {
      int end = window() + CLOSES;
      sum += all.median(logs, end - 64, 64);
      sum += all.median(logs, end - 128, 128);
      sum += all.median(logs, end - 256, 256);
    }
    spent.add(begin);
    return sum;
  }
}
