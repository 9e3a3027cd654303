package io.quantumtrader.app.watch;

import io.quantumtrader.console.http.Csv;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.console.view.TradeFigures;
import io.quantumtrader.console.view.TradeRow;
import io.quantumtrader.console.view.TradeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists closed trades, or what they came to. */
@Command(
    name = "trades",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List closed trades, the newest first, or with --by what groups of them came to: share",
      "won, expectancy, average R, profit factor. Known are those that the topics still hold."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum trades --last 20",
      "  ./quantum trades --by exit",
      "  ./quantum trades --csv > trades.csv"
    })
public final class TradesCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "Instrument. Default: all.")
  private String symbol;

  @Option(
      names = "--by",
      paramLabel = "GROUP",
      description = "Figures by group: ${COMPLETION-CANDIDATES}. Default: none, the trades.")
  private TradeView.Grouping by;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many trades, 1 or more. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Option(names = "--csv", description = "Print all of them as comma-separated values.")
  private boolean csv;

  @Mixin private Look look = new Look();

  @Spec private CommandSpec spec;

  /** Creates it; picocli does. */
  public TradesCommand() {}

  @Override
  public Integer call() {
    if (last < 1) {
      throw look.usage("--last must be 1 or more");
    }
    try (LiveBook book = look.open()) {
      Scope scope = look.scope(book.book(), symbol);
      List<TradeRow> trades = book.read(pages -> TradeView.rows(pages, scope));
      if (trades.isEmpty()) {
        look.talk("No trade was closed yet.");
      }
      if (by != null) {
        List<TradeFigures> figures = TradeView.figures(trades, by);
        look.print(figures, StatusText.figures(figures, look.width()));
      } else if (csv) {
        spec.commandLine().getOut().print(Csv.of(TradeRow.class, trades));
        spec.commandLine().getOut().flush();
      } else if (!trades.isEmpty()) {
        List<TradeRow> shown = trades.subList(0, Math.min(last, trades.size()));
        look.print(shown, StatusText.trades(shown, look.width()));
      }
      return 0;
    }
  }
}
