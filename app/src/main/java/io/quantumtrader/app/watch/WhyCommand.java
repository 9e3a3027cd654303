package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.text.WhyText;
import io.quantumtrader.console.why.ChangeCheck;
import io.quantumtrader.console.why.Why;
import io.quantumtrader.console.why.WhyRow;
import io.quantumtrader.console.why.WhyRow.OtherRow;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the whole way of an intent, a plan, a position or a symbol. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell the whole way of an intent, a plan, a decision, a position (account:symbol:number) or",
      "a symbol: each step with its time, code, numbers, policy and the ages of what was looked",
      "up; and of a denial what would have had to be other, in the policy or in the intent, for",
      "it to be none. Works on a running pipeline, on a dump (up --dump) and on a recording",
      "(record), where what is named is tried."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum why --last",
      "  ./quantum why 5f1c0a7be3a94d21",
      "  ./quantum why BTCUSDT --recording monday"
    })
public final class WhyCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "What is asked about. Default with --last: the last intent decided about.")
  private String id;

  @Option(names = "--last", description = "The intent that was decided about last.")
  private boolean last;

  @Option(
      names = "--dump",
      paramLabel = "DIR",
      description = "Read the topics out of a dump instead of a running pipeline.")
  private Path dump;

  @Option(
      names = "--recording",
      paramLabel = "DIR",
      description = "Read the topics out of a recording instead of a running pipeline.")
  private Path recording;

  @Option(
      names = "--check",
      description =
          "Try what would have had to be other: the topics are recorded, and the stages decide that"
              + " moment again under the other value. With --recording it is always tried.")
  private boolean check;

  @Spec private CommandSpec spec;

  @Mixin private Look look = new Look();

  /** Creates it; picocli does. */
  public WhyCommand() {}

  @Override
  public Integer call() {
    if ((id == null) != last) {
      throw look.usage("give an ID, or --last");
    }
    if (dump != null && recording != null) {
      throw look.usage("give either --dump or --recording, not both");
    }
    if (check && dump != null) {
      throw look.usage("a dump says nothing of the order of things; --check needs a recording");
    }
    if (dump != null) {
      return tell(StoredBooks.ofDump(dump), Optional.empty());
    }
    if (recording != null) {
      return tell(StoredBooks.ofRecording(recording), Optional.of(recording));
    }
    try (LiveBook book = look.open()) {
      return check ? recordAndTell(book) : tell(book.book(), Optional.empty());
    }
  }

  /** What is tried is tried on the topics as they are now, in a directory that goes again. */
  private int recordAndTell(LiveBook book) {
    try (TemporaryRecording topics = TemporaryRecording.of(look.pipeline(), version())) {
      return tell(book.book(), Optional.of(topics.directory()));
    }
  }

  private String version() {
    return spec.root().version()[0];
  }

  private int tell(Book book, Optional<Path> topics) {
    String of =
        last
            ? book.read(Why::last)
                .orElseThrow(() -> new CommandFailure("no intent was decided about yet"))
            : id.strip();
    WhyRow way =
        book.read(pages -> Why.of(pages, of))
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "nothing is known of '%s'; it is an intent, a plan, a decision, a position or a symbol of the last records"
                            .formatted(of)));
    WhyRow told = topics.map(recorded -> tried(way, recorded)).orElse(way);
    look.print(Json.tree(told), WhyText.lines(told, look.width()));
    return 0;
  }

  private static WhyRow tried(WhyRow way, Path topics) {
    if (way.changes().isEmpty()) {
      return way;
    }
    Screen screen = Screen.ofProcess();
    try {
      List<OtherRow> tried =
          ChangeCheck.of(
              Recording.open(topics),
              way.changes().getFirst().decisionId(),
              what -> screen.status("trying " + what + " ..."));
      return tried.isEmpty() ? way : way.with(tried);
    } catch (RecordingException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      screen.clear();
    }
  }
}
