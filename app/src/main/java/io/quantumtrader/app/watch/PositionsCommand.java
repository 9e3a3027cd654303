package io.quantumtrader.app.watch;

import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what is open. */
@Command(
    name = "positions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "List what is open: side, size, prices, profit, R, stop, target, kill score, age, and who"
            + " opened it. Columns that do not fit are left out; --json has them all.",
    footer = {"", "Examples:", "  ./quantum positions", "  ./quantum positions BTCUSDT --json"})
public final class PositionsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "Instrument. Default: all.")
  private String symbol;

  @Mixin private Look look = new Look();

  /** Creates it; picocli does. */
  public PositionsCommand() {}

  @Override
  public Integer call() {
    try (LiveBook book = look.open()) {
      Scope scope = look.scope(book.book(), symbol);
      List<PositionRow> rows = book.read(pages -> PositionView.rows(pages, scope));
      if (rows.isEmpty()) {
        look.talk("Nothing is open.");
      } else {
        look.print(rows, StatusText.positions(rows, look.width()));
      }
      return 0;
    }
  }
}
