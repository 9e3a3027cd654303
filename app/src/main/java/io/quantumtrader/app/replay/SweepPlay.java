package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.CandleFileException;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.compare.Window;
import io.quantumtrader.replay.report.SweepJson;
import io.quantumtrader.replay.report.SweepText;
import io.quantumtrader.replay.sweep.SelectionRule;
import io.quantumtrader.replay.sweep.SweepResult;
import io.quantumtrader.replay.sweep.Trial;
import io.quantumtrader.replay.sweep.WalkForward;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs a history under many policies, chooses the best by a rule said before, and prints it. */
final class SweepPlay {

  private final VariantRunner runner;
  private final List<Variant> variants;
  private final SelectionRule rule;
  private final Screen screen;
  private final PrintWriter out;

  SweepPlay(
      VariantRunner runner,
      List<Variant> variants,
      SelectionRule rule,
      Screen screen,
      PrintWriter out) {
    this.runner = runner;
    this.variants = variants;
    this.rule = rule;
    this.screen = screen;
    this.out = out;
  }

  /** Searches the whole history. */
  void whole(CandleFile candles, boolean json) throws InterruptedException {
    announce(json);
    SweepResult result = search(Window.whole(candles));
    if (json) {
      out.println(SweepJson.of(result));
    } else {
      SweepText.lines(result).forEach(out::println);
    }
    out.flush();
  }

  /** Searches each window, and tries the best on the one after it. */
  void walk(CandleFile candles, int splits, boolean json) throws InterruptedException {
    List<WalkForward> windows = windows(candles, splits);
    announce(json);
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode nodes = root.putArray("windows");
    double searched = 0;
    double tried = 0;
    for (WalkForward window : windows) {
      SweepResult result = search(window.searched());
      Trial after = run(window.tried(), List.of(result.best().variant())).getFirst();
      searched += result.best().totals().equityChange();
      tried += after.totals().equityChange();
      ObjectNode node = nodes.addObject();
      node.put("searchedFromMs", window.searched().firstCloseTimeMs());
      node.put("triedFromMs", window.tried().firstCloseTimeMs());
      node.put("triedToMs", window.tried().lastCloseTimeMs());
      node.set("search", SweepJson.of(result));
      node.set("tried", SweepJson.trial(after));
      if (!json) {
        print(window, result, after);
      }
    }
    root.put("profitWhereSearched", searched);
    root.put("profitWhereTried", tried);
    if (json) {
      out.println(root);
    } else {
      out.printf(
          Locale.ROOT,
          "profit of the chosen: %,.2f where it was searched, %,.2f on what came next%n",
          searched,
          tried);
    }
    out.flush();
  }

  private void announce(boolean json) {
    List<String> lines = SweepText.before(rule, variants.size());
    if (json) {
      lines.forEach(screen::line);
    } else {
      lines.forEach(out::println);
      out.flush();
    }
  }

  private void print(WalkForward window, SweepResult result, Trial after) {
    SweepText.window(window, result, after).forEach(out::println);
    out.println();
    out.flush();
  }

  private SweepResult search(Window window) throws InterruptedException {
    return SweepResult.of(rule, run(window, variants));
  }

  private List<Trial> run(Window window, List<Variant> of) throws InterruptedException {
    VariantProgress progress = new VariantProgress(screen, of.size());
    List<Trial> trials = runner.run(window, of, progress, run -> Trial.of(rule, run));
    screen.done(
        "%,d steps under %,d %s"
            .formatted(
                window.candles().stepCount(), of.size(), of.size() == 1 ? "policy" : "policies"),
        Duration.ofNanos(progress.elapsedNanos()));
    return trials;
  }

  private static List<WalkForward> windows(CandleFile candles, int splits) {
    try {
      return WalkForward.of(candles, splits);
    } catch (CandleFileException e) {
      throw new CommandFailure(
          "the history is too short for --walk-forward " + splits + ": " + e.getMessage(), e);
    }
  }
}
