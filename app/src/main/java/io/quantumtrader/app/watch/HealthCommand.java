package io.quantumtrader.app.watch;

import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.text.StatusText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how well a pipeline is. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say how well the pipeline is, from 0 to 100, with what cost points and the section of the",
      "runbook. Exit code 0 from 80 (healthy), 3 from 50 (warning), 4 below (critical); 1 where",
      "it cannot be told."
    },
    footer = {"", "Example:", "  ./quantum health --json"})
public final class HealthCommand implements Callable<Integer> {

  private static final int WARNING = 3;
  private static final int CRITICAL = 4;

  @Mixin private Look look = new Look();

  @Mixin private RedisOption redis = new RedisOption();

  /** Creates it; picocli does. */
  public HealthCommand() {}

  @Override
  public Integer call() {
    try (LiveBook book = look.open(redis::open)) {
      HealthRow health = book.settledHealth();
      List<String> lines = new ArrayList<>();
      lines.add(StatusText.word(health));
      for (HealthRow.CostRow cost : health.costs()) {
        lines.add("  -%-3d %s".formatted(cost.points(), cost.found()));
        lines.add("       %s".formatted(cost.meaning()));
        lines.add("       %s".formatted(cost.runbook()));
      }
      look.print(Json.tree(health), lines);
      return switch (health.level()) {
        case HEALTHY -> 0;
        case WARNING -> WARNING;
        case CRITICAL -> CRITICAL;
      };
    }
  }
}
