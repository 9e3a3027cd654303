package io.quantumtrader.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.compare.Baseline;
import io.quantumtrader.replay.compare.BaselineCheck;
import io.quantumtrader.replay.compare.BaselineException;
import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.Variant;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.compare.VariantRunner;
import io.quantumtrader.replay.compare.Window;
import io.quantumtrader.replay.report.HtmlReport;
import io.quantumtrader.replay.report.JsonReport;
import io.quantumtrader.replay.report.TextReport;
import io.quantumtrader.replay.run.PipelineSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a history under its policy and the others, and prints how they compare. */
final class WhatIfPlay {

  private final ReplayInputOptions.Read read;
  private final WhatIfOptions options;
  private final Screen screen;
  private final PrintWriter out;

  WhatIfPlay(ReplayInputOptions.Read read, WhatIfOptions options, Screen screen, PrintWriter out) {
    this.read = read;
    this.options = options;
    this.screen = screen;
    this.out = out;
  }

  /**
   * Runs them.
   *
   * @param setup what each begins with
   * @param variants the run's own policy first
   * @param json whether the comparison is printed as JSON
   * @return the exit code: 1 where a baseline differs
   */
  int play(PipelineSetup setup, List<Variant> variants, boolean json)
      throws IOException, InterruptedException {
    Optional<Baseline> expected = options.check().map(WhatIfPlay::baseline);
    VariantProgress progress = new VariantProgress(screen, variants.size());
    List<VariantRun> runs =
        new VariantRunner(setup, this::intents, true, options.threads())
            .run(Window.whole(read.candles()), variants, progress);
    screen.done(
        "%,d steps under %d %s"
            .formatted(
                read.candles().stepCount(),
                variants.size(),
                variants.size() == 1 ? "policy" : "policies"),
        Duration.ofNanos(progress.elapsedNanos()));
    Comparison comparison = Comparison.of(runs);
    if (options.report().isPresent()) {
      write(
          options.report().get(),
          HtmlReport.of(title(), new ArrayList<>(read.describe()), comparison));
    }
    if (options.writeBaseline().isPresent()) {
      write(options.writeBaseline().get(), Baseline.of(runs.getFirst()).toJson());
    }
    if (expected.isPresent()) {
      BaselineCheck check = BaselineCheck.of(expected.get(), Baseline.of(runs.getFirst()));
      check.markdown().forEach(out::println);
      out.flush();
      return check.same() ? 0 : 1;
    }
    print(comparison, json);
    return 0;
  }

  private void print(Comparison comparison, boolean json) {
    if (json) {
      ObjectNode node = JsonReport.of(comparison);
      read.numbers().ifPresent(numbers -> numbers.putInto(node));
      out.println(node);
    } else {
      TextReport.lines(comparison).forEach(out::println);
    }
    out.flush();
  }

  private IntentQueue intents() {
    return read.intentsAnew();
  }

  private String title() {
    return "%,d steps of candles".formatted(read.candles().stepCount());
  }

  private static Baseline baseline(Path file) {
    try {
      return Baseline.read(Files.readString(file));
    } catch (IOException | BaselineException e) {
      throw new CommandFailure("--check " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    screen.line("  wrote " + file);
  }
}
