package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.binance.BinanceMarketData;
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
import io.quantumtrader.market.live.ExchangePoller;
import io.quantumtrader.market.live.MarketUnusableException;
import io.quantumtrader.market.live.PollThread;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
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
    String name = market.isReal() ? market.realName() : MarketOptions.generatedName(seed);
    WrittenMarket written = written(name);
    FeedSource source = market.isReal() ? real(parts, written) : generated();
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

  /** Prices of two markets in one row would be a jump that never happened. */
  private WrittenMarket written(String name) {
    Endpoints endpoints = place.endpoints();
    WrittenMarket written;
    try {
      written = WrittenMarket.read(endpoints.kafka(), endpoints.serdes());
    } catch (KafkaException e) {
      throw new CommandFailure(
          "the topics at %s cannot be read: %s; run service register first"
              .formatted(endpoints.bootstrapServers(), e.getMessage()),
          e);
    }
    written
        .name()
        .filter(before -> !before.equals(name))
        .ifPresent(
            before -> {
              throw new CommandFailure(
                  "the topics hold the market %s, but this feed is %s: use the same market, or"
                          .formatted(before, name)
                      + " start with empty topics (docker compose down --volumes)");
            });
    return written;
  }

  private LiveMarket generated() {
    return new LiveMarket(
        new GeneratedMarket(GeneratedMarketSettings.withSeed(seed)),
        IntentQueue.empty(),
        LiveMarketSettings.every(Math.round(intervalSeconds * 1000)),
        WallTime.system());
  }

  private ExchangeMarket real(RunningParts parts, WrittenMarket written)
      throws InterruptedException {
    BinanceMarketData exchange = parts.add("market", market.exchange());
    WallTime wallTime = WallTime.system();
    try {
      ExchangePoller poller =
          parts.add(
              "market poller",
              ExchangePoller.open(
                  exchange,
                  market.streamed(exchange),
                  market.symbols(),
                  written.lastOpenMs(),
                  wallTime::nowMs));
      return new ExchangeMarket(poller.history(), new PollThread(poller::poll), wallTime);
    } catch (MarketUnusableException e) {
      throw new CommandFailure("cannot feed the market: " + e.getMessage(), e);
    }
  }
}
