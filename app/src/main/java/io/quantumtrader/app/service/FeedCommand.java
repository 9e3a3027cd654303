package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.feed.Feed;
import io.quantumtrader.app.feed.FeedOutput;
import io.quantumtrader.app.feed.GeneratedMarket;
import io.quantumtrader.app.feed.GeneratedMarketSettings;
import io.quantumtrader.app.feed.IntentQueue;
import io.quantumtrader.app.feed.LiveMarket;
import io.quantumtrader.app.feed.LiveMarketSettings;
import io.quantumtrader.app.feed.WallTime;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The feed: a generated market, at wall time. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Write a generated market and the clock, so that a paper stack has something to decide about.",
      "Never beside another feed: there is one clock."
    },
    footer = {"", "Example:", "  ./quantum service feed --interval 1 --seed 42"})
final class FeedCommand implements Callable<Integer> {

  /** The clock goes on each second; a feed that is this late is stuck. */
  private static final Duration STUCK_AFTER = Duration.ofSeconds(15);

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Wall time between candles of a symbol, seconds, 0.01 or more. Default: 1.")
  private double intervalSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the market. Default: 42.")
  private long seed;

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    if (!(intervalSeconds >= 0.01 && intervalSeconds <= 3600)) {
      throw new CommandFailure("--interval must be 0.01 to 3600 seconds");
    }
    return ServiceRun.run("feed", health, this::start);
  }

  private BooleanSupplier start(RunningParts parts, Consumer<Throwable> onFailure) {
    Endpoints endpoints = place.endpoints();
    LiveMarket market =
        new LiveMarket(
            new GeneratedMarket(GeneratedMarketSettings.withSeed(seed)),
            IntentQueue.empty(),
            LiveMarketSettings.every(Math.round(intervalSeconds * 1000)),
            WallTime.system());
    FeedOutput output =
        FeedOutput.connect(
            endpoints.kafka(), endpoints.serdes(), PartitionCounts.DEFAULT.account());
    Feed feed = parts.add("feed", new Feed(market, output, progress -> {}));
    var unused =
        feed.finished()
            .whenComplete(
                (report, failure) -> {
                  if (failure != null) {
                    onFailure.accept(failure);
                  }
                });
    feed.start();
    return () -> WallTime.system().nowMs() - feed.progress().nowMs() < STUCK_AFTER.toMillis();
  }
}
