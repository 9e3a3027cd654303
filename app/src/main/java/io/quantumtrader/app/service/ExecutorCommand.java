package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.ExecutorOptions;
import io.quantumtrader.app.parts.PaperOptions;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.parts.Waiting;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The executor: takes plans to the exchange. */
@Command(
    name = "executor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = "Run the executor, on the paper exchange: no order leaves this system.",
    footer = {"", "Example:", "  ./quantum service executor --accounts main,second"})
final class ExecutorCommand implements Callable<Integer> {

  private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
  private static final String PAPER = "paper";

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      defaultValue = PAPER,
      description = "Exchange; paper is the only one available. Default: paper.")
  private String exchange;

  @Mixin private ExecutorOptions running = new ExecutorOptions();

  @Option(
      names = "--instance-id",
      paramLabel = "NAME",
      defaultValue = "1",
      description = "Name among the executors that share the work; each needs its own. Default: 1.")
  private String instanceId;

  @Mixin private PaperOptions paper = new PaperOptions();

  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    if (!exchange.equals(PAPER)) {
      throw new CommandFailure(
          "there is no adapter for the exchange '" + exchange + "'; give --exchange paper");
    }
    PaperSettings settings = paper.settings();
    return ServiceRun.run(
        "executor", health, (parts, onFailure) -> start(settings, parts, onFailure));
  }

  private BooleanSupplier start(
      PaperSettings settings, RunningParts parts, Consumer<Throwable> onFailure)
      throws InterruptedException {
    Optional<Monitoring> monitoring = metrics.open(Screen.ofProcess(), parts);
    monitoring.ifPresent(
        shown -> {
          shown.read(place.endpoints().kafka(), place.endpoints().serdes(), Monitoring.OF_EXECUTOR);
          shown.expectClock();
        });
    PlanExecutor executor =
        parts.add(
            "executor",
            place.parts().executor(() -> new PaperExchange(settings), instanceId, running));
    executor.start();
    monitoring.ifPresent(shown -> shown.executor(executor));
    Waiting.until("the executor", STARTED_WITHIN, executor::isAssigned, executor::failure);
    monitoring.ifPresent(Monitoring::started);
    return () -> {
      executor.failure().ifPresent(onFailure);
      return executor.isAssigned();
    };
  }
}
