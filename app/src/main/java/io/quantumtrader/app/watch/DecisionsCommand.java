package io.quantumtrader.app.watch;

import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.DecisionRow;
import io.quantumtrader.console.view.DecisionView;
import io.quantumtrader.console.view.DenialRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what was decided, and goes on with what is. */
@Command(
    name = "decisions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List the last decisions in words, the newest last, and with --follow each new one. Those",
      "that ask for nothing are left out unless their code is given. --denials counts what was",
      "refused by code and symbol instead."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum decisions --follow",
      "  ./quantum decisions BTCUSDT --verdict denied --last 5",
      "  ./quantum decisions --denials"
    })
public final class DecisionsCommand implements Callable<Integer> {

  private static final long EVERY_MS = 500;
  private static final int MOST_AT_ONCE = 500;

  @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "Instrument. Default: all.")
  private String symbol;

  @Option(names = "--follow", description = "Go on with each new decision until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many, 1 or more. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(names = "--stage", paramLabel = "NAME", description = "Stage that decided.")
  private String stage = "";

  @Option(names = "--verdict", paramLabel = "WORD", description = "granted, denied or recorded.")
  private String verdict = "";

  @Option(names = "--code", paramLabel = "CODE", description = "Reason code.")
  private String code = "";

  @Option(names = "--denials", description = "Count denials by code and symbol.")
  private boolean denials;

  @Mixin private Look look = new Look();

  /** Creates it; picocli does. */
  public DecisionsCommand() {}

  @Override
  public Integer call() {
    if (last < 1) {
      throw look.usage("--last must be 1 or more");
    }
    try (LiveBook book = look.open()) {
      DecisionView.Filter filter =
          new DecisionView.Filter(
              look.scope(book.book(), symbol),
              "",
              stage,
              verdict.toUpperCase(Locale.ROOT),
              code.toUpperCase(Locale.ROOT));
      if (denials) {
        List<DenialRow> rows = book.read(pages -> DecisionView.denials(pages, filter));
        look.print(rows, StatusText.denials(rows, look.width()));
        return 0;
      }
      Set<String> told = new HashSet<>();
      tell(newest(book, filter, last), told);
      while (follow) {
        LiveBook.pause(EVERY_MS);
        tell(newest(book, filter, MOST_AT_ONCE), told);
      }
      return 0;
    }
  }

  private List<DecisionRow> newest(LiveBook book, DecisionView.Filter filter, int most) {
    return book.read(
        pages ->
            code.isEmpty()
                ? DecisionView.withoutHolds(pages, filter, most)
                : DecisionView.rows(pages, filter, most));
  }

  /** Older ones than the last that was told are left out: at the start only some are asked for. */
  private void tell(List<DecisionRow> newestFirst, Set<String> told) {
    List<DecisionRow> fresh = new ArrayList<>();
    for (DecisionRow row : newestFirst) {
      if (told.contains(row.decisionId())) {
        break;
      }
      fresh.add(row);
    }
    Collections.reverse(fresh);
    for (DecisionRow row : fresh) {
      told.add(row.decisionId());
      look.print(List.of(row), StatusText.decision(row, look.width()));
    }
  }
}
