package io.quantumtrader.bench;

import io.quantumtrader.bench.measure.Candles;
import io.quantumtrader.bench.measure.Decisions;
import io.quantumtrader.bench.measure.Entries;
import io.quantumtrader.bench.measure.Exits;
import io.quantumtrader.bench.measure.Kernel;
import io.quantumtrader.bench.measure.Latency;
import io.quantumtrader.bench.measure.Sink;
import io.quantumtrader.bench.measure.Start;
import io.quantumtrader.topology.Tuning;
import java.util.List;
import java.util.Optional;

/** All that can be measured, in the order in which it is. */
public final class Measurements {

  private static final List<Measurement> ALL =
      List.of(
          new Decisions(),
          new Kernel(),
          new Entries(Tuning.LATENCY),
          new Entries(Tuning.THROUGHPUT),
          new Latency(),
          new Candles(),
          new Exits(),
          new Sink(),
          new Start());

  private Measurements() {}

  /** Returns all measurements. */
  public static List<Measurement> all() {
    return ALL;
  }

  /** Returns the measurement with this name. */
  public static Optional<Measurement> named(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Returns the names, for people. */
  public static List<String> names() {
    return ALL.stream().map(Measurement::name).toList();
  }
}
