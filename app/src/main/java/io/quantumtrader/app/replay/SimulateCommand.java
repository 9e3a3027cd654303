package io.quantumtrader.app.replay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.replay.simulate.Broken;
import io.quantumtrader.replay.simulate.Race;
import io.quantumtrader.replay.simulate.Reachable;
import io.quantumtrader.replay.simulate.Search;
import io.quantumtrader.replay.simulate.Shrinker;
import io.quantumtrader.replay.simulate.Simulation;
import io.quantumtrader.replay.simulate.SimulationReport;
import io.quantumtrader.replay.simulate.SimulationSettings;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for faults in worlds that are made up from seeds. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Look for faults: run the whole pipeline in this process over a made-up market,",
      "with agents, operators and an exchange that misbehave, tasks and executors that",
      "die, clocks and tables that lag. What is promised is checked after each step. The",
      "same seed of the same build is the same world, record by record. A run that breaks",
      "a promise is made shorter, printed as a command that repeats it, and ends with 1.",
      "So does a search of 500 hours or more that has not met every situation."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum simulate --seed 1 --hours 4 --runs 250",
      "  ./quantum simulate --seed 7 --minutes 42 --events 3,17,20",
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINUTES = 60;
  private static final int MOST_HOURS = 20;
  private static final int MOST_SHRINKING = 120;

  /** Hours after which everything has to have been met. */
  private static final int SEARCH_HOURS = 500;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of the first run. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "Simulated hours of a run, 1 to 20. Default: 4.")
  private Integer hours;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Simulated minutes of a run, in place of hours.")
  private Integer minutes;

  @Option(
      names = "--runs",
      paramLabel = "R",
      defaultValue = "1",
      description = "How many seeds are run, each one more. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--events",
      paramLabel = "LIST",
      split = ",",
      description = "Numbers of the events that happen, others do not; -1 for none.")
  private List<Integer> events;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Function<SimulationSettings, SimulationReport> simulation;

  /** Creates the command. */
  public SimulateCommand() {
    this(Simulation::of);
  }

  /**
   * Creates the command over other worlds.
   *
   * @param simulation runs one
   */
  SimulateCommand(Function<SimulationSettings, SimulationReport> simulation) {
    this.simulation = simulation;
  }

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    int length = length();
    Screen screen = Screen.ofProcess();
    quiet();
    long begin = System.nanoTime();
    Search.Result result =
        events == null
            ? Search.run(seed, runs, length, simulation, so -> status(so, screen, begin))
            : Search.of(one(length));
    screen.done(
        "%,d runs, %,d simulated hours".formatted(result.runs(), result.minutes() / MINUTES),
        Duration.ofNanos(System.nanoTime() - begin));
    Optional<SimulationReport> failed =
        result.failed().map(report -> events == null ? shrunk(report, screen) : report);
    boolean all = events == null && result.minutes() >= (long) SEARCH_HOURS * MINUTES;
    print(result, failed, all);
    return failed.isPresent() || (all && !missing(result).isEmpty()) ? 1 : 0;
  }

  /** What the pipeline warns of in a made-up world is what the world is made for. */
  private static void quiet() {
    if (LoggerFactory.getLogger("io.quantumtrader") instanceof Logger logger) {
      logger.setLevel(Level.OFF);
    }
  }

  private int length() {
    if (hours != null && minutes != null) {
      throw new CommandFailure(2, "--hours and --minutes exclude each other", null);
    }
    int length = minutes == null ? (hours == null ? 4 : hours) * MINUTES : minutes;
    if (length < 1 || length > MOST_HOURS * MINUTES) {
      throw new CommandFailure(2, "a run has 1 minute to 20 hours", null);
    }
    if (runs < 1) {
      throw new CommandFailure(2, "--runs must be 1 or more: " + runs, null);
    }
    if (events != null && runs > 1) {
      throw new CommandFailure(2, "--events are those of one run", null);
    }
    return length;
  }

  private SimulationReport one(int length) {
    return simulation.apply(
        new SimulationSettings(seed, length, Optional.of(new LinkedHashSet<>(events))));
  }

  private void status(Search.Result so, Screen screen, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    screen.status(
        String.format(
            Locale.ROOT,
            "%,d of %,d runs  %,d hours  %d situations  about %.0f s left",
            so.runs(),
            runs,
            so.minutes() / MINUTES,
            so.codes().size() + so.races().size(),
            seconds * (runs - so.runs()) / Math.max(1, so.runs())));
  }

  private SimulationReport shrunk(SimulationReport report, Screen screen) {
    screen.status("seed " + report.settings().seed() + " breaks a promise; looking for less");
    return new Shrinker(simulation, MOST_SHRINKING).shrink(report);
  }

  private static Set<String> missing(Search.Result result) {
    Set<String> names = new TreeSet<>();
    Reachable.missing(result.codes()).stream().map(ReasonCode::name).forEach(names::add);
    Reachable.missingRaces(result.races()).stream().map(Race::name).forEach(names::add);
    return names;
  }

  private void print(Search.Result result, Optional<SimulationReport> failed, boolean all)
      throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(node(result, failed, all)));
    } else {
      lines(result, failed, all).forEach(out::println);
    }
    out.flush();
  }

  private ObjectNode node(Search.Result result, Optional<SimulationReport> failed, boolean all) {
    ObjectNode node = JSON.createObjectNode();
    node.put("seed", seed);
    node.put("runs", result.runs());
    node.put("minutes", result.minutes());
    node.put("records", result.records());
    node.put("codes", result.codes().size());
    node.put("races", result.races().size());
    if (all) {
      missing(result).forEach(node.putArray("notMet")::add);
    }
    failed.ifPresent(
        report -> {
          Broken broken = report.broken().orElseThrow();
          ObjectNode said = node.putObject("broken");
          said.put("promise", broken.promise().name());
          said.put("seed", report.settings().seed());
          said.put("minute", broken.minute());
          said.put("what", broken.what());
          said.put("repeat", repeat(report));
        });
    return node;
  }

  private static List<String> lines(
      Search.Result result, Optional<SimulationReport> failed, boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %,d runs  %,d simulated minutes  %,d records",
            result.runs(),
            result.minutes(),
            result.records()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  %d of %d reasons that can be given, %d of %d races",
            result.codes().size(),
            ReasonCode.values().length - Reachable.unreachable().size(),
            result.races().size(),
            Race.values().length));
    if (all) {
      missing(result).forEach(name -> lines.add("  not met: " + name));
    }
    failed.ifPresentOrElse(
        report -> {
          Broken broken = report.broken().orElseThrow();
          lines.add("  broken in minute " + broken.minute() + ": " + broken.promise().text());
          lines.add("  " + broken.what());
          lines.add("  again: " + repeat(report));
        },
        () -> lines.add("  every promise held"));
    return lines;
  }

  private static String repeat(SimulationReport report) {
    SimulationSettings settings = report.settings();
    return "./quantum simulate --seed "
        + settings.seed()
        + " --minutes "
        + settings.minutes()
        + settings
            .events()
            .map(
                kept ->
                    kept.isEmpty()
                        ? " --events -1"
                        : " --events "
                            + kept.stream()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")))
            .orElse("");
  }
}
