package io.quantumtrader.bench.measure;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Single decisions, for JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

  private final EntryDecision granted = EntryDecision.granted();
  private final EntryDecision denied = EntryDecision.denied();
  private final ExitDecision exit = new ExitDecision();

  /** Creates the decisions; JMH does. */
  public DecisionBenchmark() {}

  /** An intent that becomes a plan. */
  @Benchmark
  public Object granted() {
    return granted.decide();
  }

  /** An intent in a symbol that may not be opened. */
  @Benchmark
  public Object denied() {
    return denied.decide();
  }

  /** A proposal that becomes a plan. */
  @Benchmark
  public Object exit() {
    return exit.decide();
  }
}
