package io.quantumtrader.app.watch;

import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.text.Plain;
import io.quantumtrader.console.view.FunnelRow;
import io.quantumtrader.console.view.FunnelView;
import io.quantumtrader.console.view.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how many intents came how far. */
@Command(
    name = "funnel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show how many of the last intents became plans, orders and fills, and the share that went",
      "on at each step; what risk refused is told apart. Success is the share that was filled of",
      "those that risk did not refuse."
    },
    footer = {"", "Example:", "  ./quantum funnel --account main"})
public final class FunnelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "Instrument. Default: all.")
  private String symbol;

  @Mixin private Look look = new Look();

  /** Creates it; picocli does. */
  public FunnelCommand() {}

  @Override
  public Integer call() {
    try (LiveBook book = look.open()) {
      Scope scope = look.scope(book.book(), symbol);
      FunnelRow funnel = book.read(pages -> FunnelView.of(pages, scope));
      List<String> lines = new ArrayList<>();
      for (FunnelRow.ReachedRow step : funnel.steps()) {
        String share = step.share() == null ? "" : Plain.percent(step.share());
        lines.add(line(step.step(), step.count(), share));
      }
      lines.add(line("  denied by risk", funnel.deniedByRisk(), ""));
      lines.add(line("  wrong", funnel.deniedAsWrong(), ""));
      lines.add(line("  asked for nothing", funnel.holds(), ""));
      lines.add("success, risk apart " + Plain.percent(funnel.success()));
      look.print(Json.tree(funnel), lines);
      return 0;
    }
  }

  private static String line(String name, long count, String share) {
    return String.format(Locale.ROOT, "%-20s %7d  %8s", name, count, share).stripTrailing();
  }
}
