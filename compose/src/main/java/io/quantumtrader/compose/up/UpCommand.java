package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.tap.Summary;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "  ./quantum up --candles candles.csv.gz --speed max --until-drained --json",
    })
public final class UpCommand implements Callable<Integer>, ContributedCommand {

  private static final int CLEAN_UP_SECONDS = 60;

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
    CountDownLatch cleaned = new CountDownLatch(1);
    UpRun run = new UpRun(options, screen);
    try {
      // Ctrl-C: let the run end in order; the process waits for that.
      Thread onSignal = new Thread(() -> endInOrder(run, cleaned), "quantum-signal");
      Runtime.getRuntime().addShutdownHook(onSignal);
      Summary summary = run.play();
      run.close();
      print(summary);
      return run.failures().isEmpty() ? 0 : 1;
    } finally {
      run.close();
      cleaned.countDown();
    }
  }

  private static void endInOrder(UpRun run, CountDownLatch cleaned) {
    run.interrupt();
    try {
      boolean inTime = cleaned.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  private void check() {
    Path candles = options.market.candles;
    if (candles == null && options.output.untilDrained) {
      throw usage("--until-drained needs --candles FILE: a generated market never ends");
    }
    if (candles == null && options.market.speed.isMax()) {
      throw usage("--speed max needs --candles FILE; a generated market runs in wall-clock time");
    }
    if (options.market.intervalSeconds < 0.01) {
      throw usage("--interval must be 0.01 s or more");
    }
    for (Path file : new Path[] {candles, options.market.intents}) {
      if (file != null && !Files.isReadable(file)) {
        throw new CommandFailure("cannot read " + file + ": no such file, or no permission");
      }
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
