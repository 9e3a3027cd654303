package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.metrics.StreamGauges;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.market.ExchangeMarket;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.FeedSource;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.LiveMarket;
import io.quantumtrader.market.LiveMarketSettings;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.market.WrittenMarket;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The feed: a generated market, or a real one, at wall time. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Feed a paper stack with the clock and a market: a generated one, or real prices. Run",
      "only one feed: there is one clock. Topics that hold one market cannot be continued with",
      "another."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum service feed --interval 1 --seed 42",
      "  ./quantum service feed --market binance",
      "  ./quantum service feed --market binance --symbols BTCUSDT,ETHUSDT --market-streams none"
    })
final class FeedCommand implements Callable<Integer> {

  /** The clock goes on each second; a feed that is this late is stuck. */
  private static final Duration STUCK_AFTER = Duration.ofSeconds(15);

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Mixin private MarketOptions market = new MarketOptions();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description =
          "Wall time between candles of a generated symbol, seconds, 0.01 or more. Default: 1.")
  private double intervalSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the generated market. Default: 42.")
  private long seed;

  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    if (!(intervalSeconds >= 0.01 && intervalSeconds <= 3600)) {
      throw new CommandFailure("--interval must be 0.01 to 3600 seconds");
    }
    return ServiceRun.run("feed", health, this::start);
  }

  private BooleanSupplier start(RunningParts parts, Consumer<Throwable> onFailure)
      throws InterruptedException {
    Optional<Monitoring> monitoring = metrics.open(Screen.ofProcess(), parts);
    String name = market.isReal() ? market.real().name() : MarketOptions.generatedName(seed);
    WrittenMarket written = RealMarket.written(place.endpoints(), name);
    FeedSource source = market.isReal() ? real(parts, written, monitoring) : generated();
    Endpoints endpoints = place.endpoints();
    FeedOutput output =
        FeedOutput.connect(
            endpoints.kafka(),
            endpoints.serdes(),
            place.counts().account(),
            name,
            Screen.ofProcess()::line);
    Feed feed = parts.add("feed", new Feed(source, output, progress -> {}));
    var unused =
        feed.finished()
            .whenComplete(
                (report, failure) -> {
                  if (failure != null) {
                    onFailure.accept(failure);
                  }
                });
    monitoring.ifPresent(
        shown -> {
          shown.servers(endpoints.kafka(), endpoints.serdes());
          shown.feed(() -> feed.progress().nowMs(), feed::trouble, STUCK_AFTER);
          shown.started();
        });
    feed.start();
    return () -> WallTime.system().nowMs() - feed.progress().nowMs() < STUCK_AFTER.toMillis();
  }

  private LiveMarket generated() {
    return new LiveMarket(
        new GeneratedMarket(GeneratedMarketSettings.withSeed(seed)),
        IntentQueue.empty(),
        LiveMarketSettings.every(Math.round(intervalSeconds * 1000)),
        WallTime.system());
  }

  private ExchangeMarket real(
      RunningParts parts, WrittenMarket written, Optional<Monitoring> monitoring)
      throws InterruptedException {
    RealMarket.Fed fed = market.real().open(parts, written);
    monitoring.ifPresent(shown -> StreamGauges.market(shown, fed.numbers(), fed.answers()));
    return fed.source();
  }
}
