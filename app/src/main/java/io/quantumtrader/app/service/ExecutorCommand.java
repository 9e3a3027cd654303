package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.metrics.StreamGauges;
import io.quantumtrader.app.parts.ExchangeOptions;
import io.quantumtrader.app.parts.ExecutorOptions;
import io.quantumtrader.app.parts.PaperOptions;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.app.parts.Waiting;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The executor: takes plans to the exchange. */
@Command(
    name = "executor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Run the executor, on the paper exchange unless told otherwise. Keys come from the",
      "environment (QUANTUM_BINANCE_KEY, _SECRET) or a file that it names, never from arguments."
    },
    footer = {"", "Example:", "  ./quantum service executor --accounts main,second"})
final class ExecutorCommand implements Callable<Integer> {

  private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Mixin private ExchangeOptions exchange = new ExchangeOptions();

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
    PaperSettings settings = paper.settings();
    exchange.check(settings.accounts());
    List<ApiKey> keys = exchange.isPaper() ? List.of() : keys(settings.accounts());
    return ServiceRun.run(
        "executor", health, (parts, onFailure) -> start(settings, keys, parts, onFailure));
  }

  private List<ApiKey> keys(List<String> accounts) {
    return exchange.keys(accounts, System.getenv(), Screen.ofProcess()::line);
  }

  private Supplier<Exchange> exchanges(
      PaperSettings settings,
      List<ApiKey> keys,
      RunningParts parts,
      Optional<Monitoring> monitoring) {
    if (exchange.isPaper()) {
      return () -> new PaperExchange(settings);
    }
    exchange.market().ifPresent(own -> RealMarket.requireOwn(place.endpoints(), own));
    PreflightLines.require("the executor", exchange, keys, List.of(), Screen.ofProcess()::line);
    BinanceExchange real = parts.add("exchange", exchange.open(keys, WallClock.SYSTEM));
    monitoring.ifPresent(shown -> StreamGauges.users(shown, real));
    return () -> real;
  }

  private BooleanSupplier start(
      PaperSettings settings, List<ApiKey> keys, RunningParts parts, Consumer<Throwable> onFailure)
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
            place
                .parts()
                .executor(
                    exchanges(settings, keys, parts, monitoring),
                    instanceId,
                    running,
                    exchange.market()));
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
