package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.UpProcess;
import io.quantumtrader.bench.run.Waiting;
import java.util.List;
import java.util.function.Consumer;

/** (i) {@code quantum up}: start, memory, disk. */
public final class Start implements Measurement {

  private static final double MIB = 1 << 20;

  /** Creates it. */
  public Start() {}

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String covers() {
    return "i";
  }

  @Override
  public String explanation() {
    return """
        `quantum up` in a process and a data directory of its own, with the options that the \
        launcher gives, from the start of the JVM to the line *Running*; the launcher's own look \
        at the build is not in it. The start that comes before the rounds leaves its loaded \
        classes behind, as the first `up` of a build does. Memory is what the operating system \
        holds for the process and its children (registry, Redis), and disk the size of the data \
        directory, both 10 s after that line, with the generated market.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    Series series = new Series();
    // One is enough: it brings the files into the operating system's cache.
    for (int round = -Math.min(1, effort.warmUp()); round < effort.rounds(); round++) {
      progress.accept(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + effort.rounds());
      try (UpProcess up = UpProcess.start()) {
        double seconds = up.awaitRunning().toMillis() / 1e3;
        Waiting.pause(effort.size(10_000, 100));
        if (round >= 0) {
          series.add("start.running", "up to Running", "s", seconds);
          series.add("start.memory", "memory, children included", "MiB", up.memory() / MIB);
          series.add("start.disk", "data directory", "MiB", up.disk() / MIB);
        }
      }
    }
    return series.figures();
  }
}
