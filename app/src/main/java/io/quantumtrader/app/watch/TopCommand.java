package io.quantumtrader.app.watch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code status --watch} shows, under the name that people type. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Watch the pipeline until Ctrl-C; the same as ./quantum status --watch.",
    footer = {"", "Example:", "  ./quantum top --account main"})
public final class TopCommand implements Callable<Integer> {

  @Mixin private Look look = new Look();

  @Mixin private RedisOption redis = new RedisOption();

  /** Creates it; picocli does. */
  public TopCommand() {}

  @Override
  public Integer call() {
    return new StatusScreen(look, redis).show(true);
  }
}
