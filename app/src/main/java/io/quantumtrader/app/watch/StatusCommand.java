package io.quantumtrader.app.watch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a pipeline has and does, once or again and again. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show time, rates, health, money against its limits, what is open and the last decisions:",
      "once, or with --watch in one block that updates. Off a terminal --watch prints a block",
      "every ten seconds."
    },
    footer = {"", "Examples:", "  ./quantum status", "  ./quantum status --watch"})
public final class StatusCommand implements Callable<Integer> {

  @Option(names = "--watch", description = "Go on until Ctrl-C.")
  private boolean watch;

  @Mixin private Look look = new Look();

  @Mixin private RedisOption redis = new RedisOption();

  /** Creates it; picocli does. */
  public StatusCommand() {}

  @Override
  public Integer call() {
    return new StatusScreen(look, redis).show(watch);
  }
}
