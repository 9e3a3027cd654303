package io.quantumtrader.bench;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.report.Page;
import io.quantumtrader.bench.report.Provenance;
import io.quantumtrader.bench.report.Result;
import io.quantumtrader.bench.report.ResultFile;
import io.quantumtrader.bench.report.ResultTable;
import io.quantumtrader.bench.run.CpuMeter;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what the pipeline costs. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure what the pipeline costs, on an embedded broker, in rounds after a",
      "warm-up. Without a NAME everything is measured, which takes about 15 minutes",
      "on two cores. Measure on a quiet machine."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum bench entries",
      "  ./quantum bench --json > today.json",
      "  ./quantum bench --write=after"
    })
public final class BenchCommand implements Callable<Integer> {

  private static final String SAYS_NOTHING =
      "NOT A MEASUREMENT: --quick only tries the measurements out; its numbers mean nothing";

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "What to measure: decisions, kernel, entries, entries-throughput, latency, candles, exits,"
              + " start, sink. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "" + Effort.ROUNDS,
      description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--quick",
      description = "Try everything out in one short round. This is not a measurement.")
  private boolean quick;

  @Option(
      names = "--write",
      paramLabel = "LABEL",
      arity = "0..1",
      fallbackValue = "after",
      description = {
        "Keep the results in bench/results/LABEL.json and write docs/performance.md.",
        "Without a LABEL: ${FALLBACK-VALUE}."
      })
  private String label;

  @Spec private CommandSpec spec;

  /** Creates it; picocli sets what is given. */
  public BenchCommand() {}

  @Override
  public Integer call() {
    List<Measurement> chosen = chosen();
    check();
    CpuMeter.nameOwnThread();
    Screen screen = Screen.ofProcess();
    Effort effort = quick ? Effort.QUICK : Effort.of(rounds);
    if (quick) {
      screen.line(SAYS_NOTHING);
    }
    List<Result> results = new ArrayList<>();
    for (Measurement measurement : chosen) {
      results.add(measure(measurement, effort, screen));
    }
    print(results);
    if (label != null) {
      ResultFile.labelled(results(), label).with(results).write(results());
      page().write(GeneratedPage.directory());
      screen.line("written: bench/results/" + label + ".json and docs/performance.md");
    }
    return 0;
  }

  private List<Measurement> chosen() {
    if (names.isEmpty()) {
      return Measurements.all();
    }
    return names.stream()
        .map(
            name ->
                Measurements.named(name)
                    .orElseThrow(
                        () ->
                            wrong(
                                "unknown measurement '"
                                    + name
                                    + "'; choose one of "
                                    + String.join(", ", Measurements.names()))))
        .toList();
  }

  private void check() {
    if (rounds < 1) {
      throw wrong("--rounds must be 1 or more");
    }
    if (quick && label != null) {
      throw wrong("--quick has no results worth keeping; leave --write out");
    }
    if (label != null && Measurements.named(label).isPresent()) {
      throw wrong("'" + label + "' after --write would be a label; write names first");
    }
    if (label != null && !label.matches("[a-z0-9-]+")) {
      throw wrong("a label may have lower-case letters, digits and dashes: " + label);
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private Result measure(Measurement measurement, Effort effort, Screen screen) {
    Provenance from = Provenances.now(command(measurement), effort);
    long begin = System.nanoTime();
    screen.line(measurement.name() + " ...");
    try {
      List<Figure> figures =
          measurement.run(effort, step -> screen.status(measurement.name() + ": " + step));
      screen.done(measurement.name(), Duration.ofNanos(System.nanoTime() - begin));
      return new Result(measurement.name(), from, figures);
    } catch (IllegalStateException e) {
      throw new CommandFailure(measurement.name() + ": " + e.getMessage(), e);
    }
  }

  private String command(Measurement measurement) {
    return "./quantum bench "
        + measurement.name()
        + (quick ? " --quick (not a measurement)" : "")
        + (rounds == Effort.ROUNDS ? "" : " --rounds " + rounds);
  }

  @SuppressWarnings("SystemOut") // data goes to standard output
  private void print(List<Result> results) {
    if (json) {
      System.out.print(ResultFile.json(results));
    } else {
      results.forEach(result -> System.out.print(ResultTable.of(result)));
    }
    if (quick && !json) {
      System.out.println(SAYS_NOTHING);
    }
    System.out.flush();
  }

  /** Returns the directory of the results in the source tree. */
  static Path results() {
    return GeneratedPage.directory().resolveSibling("bench").resolve("results");
  }

  /** Returns the page of the results that are kept in the tree. */
  static GeneratedPage page() {
    Map<String, String> explanations = new LinkedHashMap<>();
    Measurements.all().forEach(each -> explanations.put(each.name(), each.explanation()));
    return Page.of(ResultFile.in(results()), explanations);
  }
}
