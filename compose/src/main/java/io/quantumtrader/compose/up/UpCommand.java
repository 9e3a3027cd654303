package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.tap.Summary;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.topic.Symbols;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the whole pipeline on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start broker, registry, Redis, Connect and the pipeline in one process, and feed it.",
      "Ctrl-C ends it; nothing is left behind."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum up",
      "  ./quantum up --candles examples/candles --speed max --until-drained --json",
      "  ./quantum up --exchange demo --keys demo.keys --mode observe",
    })
public final class UpCommand implements Callable<Integer>, ContributedCommand {

  private static final double LEAST_INTERVAL_S = 0.01;
  private static final double MOST_INTERVAL_S = 86_400;

  @Mixin private UpOptions options = new UpOptions();

  @Spec private CommandSpec spec;

  @Override
  public Object command() {
    return this;
  }

  @Override
  public Integer call() throws Exception {
    check();
    Screen screen = Screen.ofProcess();
    UpRun run = new UpRun(options, screen);
    try (CtrlC ctrlC = CtrlC.of(run, screen)) {
      try {
        Optional<Summary> summary = run.play();
        run.close();
        summary.ifPresent(this::print);
      } finally {
        run.close();
        run.left().ifPresent(screen::line);
      }
      return ctrlC.code().orElse(run.failures().isEmpty() ? 0 : 1);
    }
  }

  private void print(Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.output.json) {
      out.println(summary.toJson());
    } else {
      summary.toLines().forEach(out::println);
    }
    out.flush();
  }

  /** What cannot work is told before anything starts. */
  private void check() {
    checkMarket();
    // Its warnings are said when it starts.
    ExchangeChoice unusedExchange = ExchangeChoice.of(options, System.getenv(), warning -> {});
    PaperSettings unusedPaper = options.paper.settings();
    StackChoice unusedStack = StackChoice.of(options);
    try {
      options.partitions.check();
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong.getMessage());
    }
    Optional<InetSocketAddress> unusedMetrics = options.metrics.address();
    if (options.parts.data != null) {
      Directories.requireWritable("--data", options.parts.data);
    }
    if (options.output.dump != null) {
      Directories.requireWritable("--dump", options.output.dump);
    }
  }

  private void checkMarket() {
    List<Path> candles = options.market.candles;
    if (candles.isEmpty() && options.output.untilDrained) {
      throw usage("--until-drained needs --candles FILE: a generated market never ends");
    }
    if (candles.isEmpty() && options.market.speed.isMax()) {
      throw usage("--speed max needs --candles FILE; a generated market runs in wall-clock time");
    }
    checkSymbol();
    double interval = options.market.intervalSeconds;
    if (!(interval >= LEAST_INTERVAL_S && interval <= MOST_INTERVAL_S)) {
      throw usage("--interval must be 0.01 s or more, and 86400 s or less");
    }
    List<Path> files = new ArrayList<>(candles);
    Optional.ofNullable(options.market.intents).ifPresent(files::add);
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new CommandFailure("cannot read " + file + ": no such file, or no permission");
      }
    }
  }

  private void checkSymbol() {
    if (options.market.symbol == null) {
      return;
    }
    if (options.market.candles.size() != 1) {
      throw usage(
          "--symbol is for one --candles FILE; name several after their symbols: BTCUSDT-1m.csv");
    }
    if (!Symbols.isSymbol(options.market.givenSymbol())) {
      throw usage("--symbol must be one like BTCUSDT: letters, digits and _, 32 at most");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
