package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.Activity;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter.Spent;
import io.quantumtrader.bench.run.Pipeline;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.kernel.MarketStateKernel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;

/** (d) Candles through the market stage. */
public final class Candles implements Measurement {

  private static final int SYMBOLS = 200;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Creates it. */
  public Candles() {}

  @Override
  public String name() {
    return "candles";
  }

  @Override
  public String covers() {
    return "d";
  }

  @Override
  public String explanation() {
    return """
        Closed candles of one minute in 200 symbols that have all closes that a market state needs, \
        and no open position: each becomes a market state, which the universe takes up. *Kernel* is \
        the arithmetic of the state alone, measured beside it over the same closes; *stage* is the \
        processor time of the stream threads without it; *the rest* is all other processor time of \
        the process: producers, transactions, broker, compilation and collection.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("starting");
    int symbols = effort.size(SYMBOLS, 4);
    try (BenchStack stack = BenchStack.start(false, System.currentTimeMillis())) {
      MarketLoad load = new MarketLoad(stack, symbols);
      load.tables();
      try (Pipeline pipeline = Pipeline.start(stack, "bench-candles")) {
        Activity activity = Activity.of(stack, pipeline);
        load.warmUp(activity, progress);
        return measure(effort, progress, symbols, load, pipeline, activity);
      }
    }
  }

  private static List<Figure> measure(
      Effort effort,
      Consumer<String> progress,
      int symbols,
      MarketLoad load,
      Pipeline pipeline,
      Activity activity) {
    Series series = new Series();
    int minutes = effort.size(20, 2);
    for (int round = -effort.warmUp(); round < effort.rounds(); round++) {
      progress.accept(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + effort.rounds());
      Spent spent = load.candles(minutes, 0, symbols, activity);
      double kernel = kernelMicros(load, symbols, minutes);
      load.clock(activity);
      if (round >= 0) {
        add(series, spent, kernel, (double) minutes * symbols, pipeline);
      }
    }
    return series.figures();
  }

  private static void add(
      Series series, Spent spent, double kernel, double candles, Pipeline pipeline) {
    double streams = spent.threads(pipeline::isStreamThread) / 1e3 / candles;
    double process = spent.processNanos() / 1e3 / candles;
    String unit = "us";
    series.add("candles.rate", "candles, rate", "candles/s", candles * 1e9 / spent.elapsedNanos());
    series.add("candles.streams", "a candle, stream threads", unit, streams);
    series.add("candles.kernel", "a candle, kernel", unit, kernel);
    series.add("candles.stage", "a candle, stage without kernel", unit, streams - kernel);
    series.add("candles.rest", "a candle, the rest of the process", unit, process - streams);
  }

  /** Returns the processor time of the kernel for one candle, microseconds. */
  private static double kernelMicros(MarketLoad load, int symbols, int minutes) {
    KernelScratch scratch = new KernelScratch();
    int states = 0;
    long begin = THREADS.getCurrentThreadCpuTime();
    for (int minute = 0; minute < minutes; minute++) {
      for (int symbol = 0; symbol < symbols; symbol++) {
        states += MarketStateKernel.compute(load.closes(symbol), scratch).isPresent() ? 1 : 0;
      }
    }
    long spent = THREADS.getCurrentThreadCpuTime() - begin;
    if (states != minutes * symbols) {
      throw new IllegalStateException("the kernel gave " + states + " states");
    }
    return (spent - closesNanos(load, symbols, minutes)) / 1e3 / states;
  }

  /** Returns what it takes to make the closes up, which is no part of the kernel. */
  private static long closesNanos(MarketLoad load, int symbols, int minutes) {
    double sum = 0;
    long begin = THREADS.getCurrentThreadCpuTime();
    for (int minute = 0; minute < minutes; minute++) {
      for (int symbol = 0; symbol < symbols; symbol++) {
        sum += load.closes(symbol)[0];
      }
    }
    long spent = THREADS.getCurrentThreadCpuTime() - begin;
    if (!(sum > 0)) {
      throw new IllegalStateException("no closes");
    }
    return spent;
  }
}
