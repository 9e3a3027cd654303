package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.binance.testing.LocalExchange;
import io.quantumtrader.binance.testing.LocalExchange.Fault;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed's own process with a market off a server, into stages and the paper exchange. */
@Tag("real")
final class RealMarketTest {

  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private final List<Process> started = new ArrayList<>();
  private LocalExchange market;
  private RealPipeline pipeline;
  private PlanExecutor executor;

  @BeforeEach
  void start() throws Exception {
    market = LocalExchange.start(System::currentTimeMillis, SYMBOLS);
    pipeline = RealPipeline.fresh().startStages();
    executor =
        new PipelineParts(
                new Endpoints(
                    pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl()),
                RealPipeline.COUNTS)
            .paperExecutor(PaperSettings.DEFAULT, "real-market");
    executor.start();
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    executor.close();
    pipeline.close();
    market.close();
  }

  @Test
  void shouldFeedARealMarketUntilItIsStoppedAndNoOtherAfterIt() throws Exception {
    // when
    Process feed = feed("first", "binance");

    // then: warm states of real prices, and the exchange's own trading rules
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, MarketState> states =
                  pipeline.table(Topic.MARKET_STATE, MarketState.class);
              assertThat(states).containsOnlyKeys(SYMBOLS);
              Map<String, Instrument> rules = pipeline.table(Topic.INSTRUMENT, Instrument.class);
              assertThat(rules).containsOnlyKeys(SYMBOLS);
              assertThat(rules.get("BTCUSDT").getTickSize()).isEqualByComparingTo("0.1");
              assertThat(rules.get("BTCUSDT").getMinQuantity()).isEqualByComparingTo("0.002");
              assertThat(rules.get("BTCUSDT").getMinNotional()).isEqualByComparingTo("20");
            });
    List<Long> opens = opens();
    assertThat(opens).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates().isSorted();
    assertThat(opens.getLast() - opens.getFirst()).isEqualTo((opens.size() - 1) * 60_000L);
    await().atMost(SOON).until(() -> pipeline.count(Topic.MARK) > pipeline.count(Topic.CANDLE));

    // when: the exchange is gone
    market.fail("/", new Fault.Closed());

    // then: that is said, and the clock goes on
    await().atMost(SOON).until(() -> said("first").contains("the exchange is out"));
    long before = clock();
    await().atMost(SOON).until(() -> clock() >= before + 2_000);
    ConsumerRecord<byte[], byte[]> step = pipeline.read(Topic.CLOCK).getLast();
    assertThat(step.headers().lastHeader(MarketHeaders.MARKET).value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("binance:" + market.url().getAuthority());

    // when
    feed.destroy();

    // then
    assertThat(feed.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(feed.exitValue()).isEqualTo(143);
    assertThat(said("first")).containsOnlyOnce("the exchange is out").doesNotContain("not stop");

    // when: another market follows
    Process other = feed("second", "generated");

    // then
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).isEqualTo(1);
    assertThat(said("second").strip().lines())
        .singleElement()
        .asString()
        .contains("the topics hold the market binance:", "but this feed is generated:42");

    // when: an executor of another exchange comes, which is not even asked
    Process executor =
        service(
            "executor",
            "executor",
            "--exchange",
            "demo",
            "--exchange-url",
            "http://127.0.0.1:1",
            "--exchange-streams",
            "ws://127.0.0.1:1");

    // then
    assertThat(executor.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(executor.exitValue()).isEqualTo(1);
    assertThat(said("executor").strip().lines())
        .singleElement()
        .asString()
        .contains(
            "the topics hold the market " + RealMarket.nameOf(market.url()),
            "but the exchange is of binance:127.0.0.1:1: feed");
  }

  private List<Long> opens() {
    return pipeline.values(Topic.CANDLE, Candle.class).stream()
        .filter(candle -> candle.getSymbol().equals("BTCUSDT"))
        .map(Candle::getOpenTimeMs)
        .toList();
  }

  private long clock() {
    return pipeline.read(Topic.CLOCK).stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0);
  }

  private Process feed(String name, String of) throws IOException {
    return service(
        name,
        "feed",
        "--market",
        of,
        "--market-url",
        market.url().toString(),
        "--symbols",
        String.join(",", SYMBOLS));
  }

  private Process service(String name, String service, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.quantumtrader",
                "-cp",
                System.getProperty("java.class.path"),
                "io.quantumtrader.app.Quantum",
                "service",
                service,
                "--bootstrap-servers",
                pipeline.stack().bootstrapServers(),
                "--schema-registry",
                pipeline.stack().schemaRegistryUrl()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name).toFile());
    builder.environment().put("QUANTUM_BINANCE_KEY", "an-id");
    builder.environment().put("QUANTUM_BINANCE_SECRET", "a-secret");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String said(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
