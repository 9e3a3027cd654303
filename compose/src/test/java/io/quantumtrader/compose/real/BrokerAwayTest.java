package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.compose.EmbeddedKafka;
import io.quantumtrader.compose.testing.SharedStack;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedOutput;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.LiveMarket;
import io.quantumtrader.market.LiveMarketSettings;
import io.quantumtrader.market.WallTime;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A broker that is gone for a while beneath a feed and a console: a broker of the test's own. */
@Tag("real")
final class BrokerAwayTest {

  /** What this test breaks that no situation of {@link BrokenSituationsTest} can. */
  static final Set<HealthCost> COSTS = Set.of(HealthCost.BROKER_UNREACHABLE);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final int port;

  @TempDir private Path directory;

  private EmbeddedKafka broker;
  private ConsoleHealth health;
  private Feed feed;

  BrokerAwayTest() throws Exception {
    port = FreePort.find();
  }

  @BeforeEach
  void start() {
    broker = EmbeddedKafka.start(directory, port);
    Endpoints endpoints = new Endpoints("127.0.0.1:" + port, SharedStack.get().schemaRegistryUrl());
    var unused =
        new PipelineParts(endpoints, RealPipeline.COUNTS)
            .register((short) 1, -1, System.currentTimeMillis());
    feed =
        opened(
            new Feed(
                new LiveMarket(
                    new GeneratedMarket(GeneratedMarketSettings.withSeed(42)),
                    IntentQueue.empty(),
                    LiveMarketSettings.DEFAULT,
                    WallTime.system()),
                FeedOutput.connect(
                    endpoints.kafka(),
                    endpoints.serdes(),
                    RealPipeline.COUNTS.account(),
                    line -> {}),
                progress -> {}));
    feed.start();
    Console console =
        opened(
            Console.open(
                CommandLine.populateCommand(new ConsoleOptions(), "--console-port", "0"),
                "a-token-of-this-test",
                endpoints,
                Optional.empty(),
                () -> true));
    TopicTail tail = opened(new TopicTail(endpoints.kafka(), endpoints.serdes(), console::take));
    tail.start();
    health = new ConsoleHealth(console.url());
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
    broker.close();
  }

  @Test
  void shouldNameTheBrokerAndTheClockThatStandsWithIt() {
    // given: no stages, and so nothing that may be opened
    health.awaitCosts(HealthCost.UNIVERSE_SMALL);

    // when
    broker.close();

    // then
    assertThat(
            health
                .awaitCosts(
                    HealthCost.BROKER_UNREACHABLE,
                    HealthCost.CLOCK_STOPPED,
                    HealthCost.UNIVERSE_SMALL)
                .get(HealthCost.BROKER_UNREACHABLE))
        .startsWith("the broker has not answered for");
    await().atMost(ConsoleHealth.PATIENCE).until(() -> feed.trouble().isPresent());

    // when
    broker = EmbeddedKafka.start(directory, port);

    // then everything goes on by itself
    health.awaitCosts(HealthCost.UNIVERSE_SMALL);
    await().atMost(ConsoleHealth.PATIENCE).until(() -> feed.trouble().isEmpty());
    assertThat(feed.finished()).isNotDone();
  }
}
