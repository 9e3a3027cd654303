package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.replay.incident.Incident;
import io.quantumtrader.replay.incident.IncidentReport;
import io.quantumtrader.replay.incident.IncidentReport.Recorded;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.report.IncidentJson;
import io.quantumtrader.replay.report.IncidentText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Plays an incident of the old system, and prints then beside now. */
final class IncidentPlay {

  /** The option that asks for it. */
  static final String OPTION = "--incident";

  private static final int USAGE = 2;
  private static final String LIST = "list";
  private static final Set<String> TOGETHER = Set.of(OPTION, "--out", "--json");

  private final String program;
  private final Screen screen;
  private final PrintWriter out;

  /**
   * Returns the play of a command line.
   *
   * @throws CommandFailure where there is something on it that has no meaning for an incident
   */
  static IncidentPlay of(CommandSpec spec) {
    CommandLine line = spec.commandLine();
    if (!line.getParseResult().matchedPositionals().isEmpty()) {
      throw new CommandFailure(USAGE, OPTION + " has its own input; leave the recording out", null);
    }
    for (OptionSpec given : line.getParseResult().matchedOptions()) {
      if (!TOGETHER.contains(given.longestName())) {
        throw new CommandFailure(
            USAGE,
            OPTION
                + " has its own input and policy; leave out "
                + given.longestName()
                + ", only --out and --json go with it",
            null);
      }
    }
    return new IncidentPlay(
        spec.root().version()[0], Screen.ofProcess(), spec.commandLine().getOut());
  }

  /** The version of the program is for a recording. */
  private IncidentPlay(String program, Screen screen, PrintWriter out) {
    this.program = program;
    this.screen = screen;
    this.out = out;
  }

  /**
   * Plays it, or lists what there is.
   *
   * @param name name of an incident, or {@code list}
   * @param output where its topics are recorded, and whether it is printed as JSON
   * @return the exit code
   * @throws CommandFailure where there is no such incident, or it cannot be recorded there
   */
  int play(String name, ReplayOutput output) throws InterruptedException {
    if (name.equals(LIST)) {
      IncidentText.names().forEach(out::println);
      out.flush();
      return 0;
    }
    Incident incident = Incident.named(name).orElseThrow(() -> unknown(name));
    IncidentReport report = report(incident, output.out());
    if (output.json()) {
      out.println(IncidentJson.of(report));
    } else {
      IncidentText.lines(report).forEach(out::println);
    }
    out.flush();
    output
        .out()
        .ifPresent(where -> screen.line("  recorded; replay it with ./quantum replay " + where));
    return 0;
  }

  private IncidentReport report(Incident incident, Optional<Path> directory)
      throws InterruptedException {
    long begin = System.nanoTime();
    try {
      IncidentReport report =
          IncidentReport.of(
              incident,
              directory.map(where -> new Recorded(where, program)),
              share -> screen.status("%3.0f %%".formatted(100 * share)));
      screen.done("played " + incident.label(), Duration.ofNanos(System.nanoTime() - begin));
      return report;
    } catch (RecordingException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot write " + directory.orElseThrow() + ": " + e.getMessage(), e);
    }
  }

  private static CommandFailure unknown(String name) {
    return new CommandFailure(
        USAGE,
        "there is no incident "
            + name
            + "; there are "
            + Arrays.stream(Incident.values())
                .map(Incident::label)
                .collect(Collectors.joining(", ")),
        null);
  }
}
