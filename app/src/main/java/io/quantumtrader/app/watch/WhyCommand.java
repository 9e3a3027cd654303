package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.text.WhyText;
import io.quantumtrader.console.why.Why;
import io.quantumtrader.console.why.WhyRow;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the whole way of an intent, a plan, a position or a symbol. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell the whole way of an intent, a plan, a decision, a position (account:symbol:number) or",
      "a symbol: each step with its time, code, numbers, policy and the ages of what was looked",
      "up. Works on a running pipeline, on a dump (up --dump) and on a recording (record)."
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
    if (dump != null) {
      return tell(StoredBooks.ofDump(dump));
    }
    if (recording != null) {
      return tell(StoredBooks.ofRecording(recording));
    }
    try (LiveBook book = look.open()) {
      return tell(book.book());
    }
  }

  private int tell(Book book) {
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
    look.print(Json.tree(way), WhyText.lines(way, look.width()));
    return 0;
  }
}
