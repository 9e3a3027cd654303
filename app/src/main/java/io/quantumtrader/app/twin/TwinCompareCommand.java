package io.quantumtrader.app.twin;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.execution.twin.compare.ComparisonReport;
import io.quantumtrader.execution.twin.compare.RecordedSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a recorded session against a twin, and says where it answers otherwise. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Send the requests of a session with the exchange to a twin of its own, in their order, and",
      "report each answer where the twin differs: status, code, fields that one of them lacks, the",
      "type of a field, and values that do not depend on market, chance, time or ids. The twin",
      "gets contracts, accounts, positions and prices from the session's own answers; what the",
      "session does not have, such as orders that rested before it, is not compared.",
      "A session is recorded by --record-session of ./quantum service executor."
    },
    footer = {
      "",
      "Exit codes: 0 no difference, 1 no session to compare, 2 wrong usage, 3 differences.",
      "",
      "Examples:",
      "  ./quantum twin compare session.jsonl",
      "  ./quantum twin compare session.jsonl --json",
    })
final class TwinCompareCommand implements Callable<Integer> {

  private static final int DIFFERENT = 3;

  @Parameters(paramLabel = "SESSION", description = "File of the session, JSON lines.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    RecordedSession session = read();
    ComparisonReport report = compare(session);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CompareText.json(file.toString(), report));
    } else {
      CompareText.lines(report).forEach(out::println);
    }
    out.flush();
    return report.agrees() ? 0 : DIFFERENT;
  }

  private RecordedSession read() {
    try {
      RecordedSession session = RecordedSession.read(Files.readAllLines(file));
      if (session.requests().isEmpty()) {
        throw new CommandFailure("there is no request in " + file);
      }
      return session;
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    }
  }

  private ComparisonReport compare(RecordedSession session) throws InterruptedException {
    Screen screen = Screen.ofProcess();
    try {
      return new SessionReplay(session, screen).run();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure("the twin does not answer: " + e.getMessage(), e);
    } finally {
      screen.clear();
    }
  }
}
