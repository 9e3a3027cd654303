package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.TwinPosition;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The whole pipeline on the twin of the exchange, at the prices of the generated market, while the
 * trader closes half by hand, funding is paid, one position is liquidated and the streams are cut:
 * results, ledger and exchange agree about every trade, and the wallet to the cent. {@code
 * -Dquantum.twin.minutes=60} trades for an hour.
 */
@Tag("real")
final class TwinPipelineTest {

  private static final int MINUTES = Integer.getInteger("quantum.twin.minutes", 0);
  private static final Duration TRADED =
      MINUTES == 0 ? Duration.ofSeconds(24) : Duration.ofMinutes(MINUTES);

  /** What happens to positions happens while they are young. */
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> ACCOUNTS = List.of("main", "second");

  /** Not each of them is among the ten that may be opened. */
  private static final List<String> SYMBOLS =
      List.of("SOLUSDT", "BTCUSDT", "ETHUSDT", "DOGEUSDT", "SUIUSDT", "NEARUSDT", "XRPUSDT");

  private static final BigDecimal START = new BigDecimal("10000");

  /** Intents asked for so far: an id is taken once. */
  private int asked;

  /** Reads the options as the command does. */
  @Command
  private static final class Options {
    @Mixin private UpOptions up = new UpOptions();
  }

  private static UpOptions options() {
    Options options = new Options();
    var unused =
        new CommandLine(options)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs("--exchange", "twin", "--accounts", "main,second", "--interval", "1");
    return options.up;
  }

  @Test
  void shouldBookWhatTheExchangeDidToTheCent() throws Exception {
    // given
    UpRun run = new UpRun(options(), Screen.plain(System.err));
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                run.play();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      awaitPositions(run, ended, ACCOUNTS);
      ExchangeTwin twin = run.launcher().twin().orElseThrow().twin();

      // when
      disturb(run, twin, ended);

      // then
      List<String> flaws = settled(run, twin, ended);
      assertThat(flaws).isEmpty();
      TwinBooks books = TwinBooks.read(run.launcher().endpoints().orElseThrow());
      assertThat(books.results())
          .extracting(ApplyResult::getOrigin)
          .contains(ResultOrigin.PLAN, ResultOrigin.FOREIGN, ResultOrigin.LIQUIDATION);
      assertThat(books.funding("main").signum()).isNotZero();
    } finally {
      run.interrupt();
      ended.handle((done, failure) -> null).join();
      run.close();
    }
  }

  /** Waits until each of the accounts has a position, and asks for some meanwhile. */
  private void awaitPositions(UpRun run, CompletableFuture<Void> ended, List<String> accounts)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    int turn = 0;
    while (run.launcher().twin().isEmpty()
        || accounts.stream()
            .anyMatch(each -> !hasPosition(run.launcher().twin().get().twin(), each))) {
      if (System.nanoTime() > until) {
        TwinBooks books = TwinBooks.read(run.launcher().endpoints().orElseThrow());
        fail("waited in vain for positions; the stages said %s", books.codes());
      }
      assertThat(ended).as("the pipeline ended").isNotDone();
      if (run.launcher().feed().isPresent() && turn % 20 == 0) {
        for (String account : accounts) {
          buy(run.launcher().endpoints().orElseThrow(), account, asked);
        }
        asked++;
      }
      turn++;
      Thread.sleep(100);
    }
  }

  /** The agent trades for the first account alone, and when it likes. */
  private static void buy(Endpoints endpoints, String account, int number) {
    RunningPipeline pipeline =
        RunningPipeline.at(
            endpoints.bootstrapServers(), endpoints.registryUrl(), endpoints.config());
    long nowMs = System.currentTimeMillis();
    TradeIntent intent =
        TradeIntent.newBuilder()
            .setIntentId("asked-" + number)
            .setAccount(account)
            .setSymbol(SYMBOLS.get(number % SYMBOLS.size()))
            .setAction(IntentAction.BUY)
            .setSizing(Sizing.NOTIONAL)
            .setAmount(new BigDecimal("300").setScale(18))
            .setLeverage(2.0)
            .setCreatedAtMs(nowMs)
            .build();
    try (RecordSerdes serdes = endpoints.serdes()) {
      AccountRecords.send(
          pipeline.kafka(), serdes, Topic.TRADE_INTENT, account, TradeIntent.class, intent, nowMs);
    }
  }

  private static boolean hasPosition(ExchangeTwin twin, String account) {
    return !twin.state().positions(account).isEmpty();
  }

  /** Trades on, and lets happen what happens on an exchange. */
  private void disturb(UpRun run, ExchangeTwin twin, CompletableFuture<Void> ended)
      throws InterruptedException {
    List<Runnable> happenings =
        List.of(
            () -> onFirst(twin, "second", symbol -> twin.liquidate("second", symbol)),
            () -> onFirst(twin, "main", symbol -> twin.closeByHand("main", symbol, half())),
            twin::fund,
            twin::cutUserStreams);
    for (Runnable happening : happenings) {
      awaitPositions(run, ended, List.of("main"));
      happening.run();
      trade(BETWEEN, ended);
    }
    // Stops and targets end positions meanwhile, and for 15 minutes no symbol is opened again.
    Duration rest = TRADED.minus(BETWEEN.multipliedBy(happenings.size())).dividedBy(4);
    for (int cut = 0; cut < 4; cut++) {
      trade(rest, ended);
      twin.fund();
      twin.cutUserStreams();
    }
  }

  private static void trade(Duration time, CompletableFuture<Void> ended)
      throws InterruptedException {
    Thread.sleep(time);
    assertThat(ended).as("the pipeline ended").isNotDone();
  }

  private static BigDecimal half() {
    return new BigDecimal("0.5");
  }

  private static void onFirst(ExchangeTwin twin, String account, Consumer<String> act) {
    List<TwinPosition> open = twin.state().positions(account);
    assertThat(open).as("positions of %s", account).isNotEmpty();
    act.accept(open.getFirst().symbol());
  }

  /** Returns what does not agree, once nothing does any more, or what is left after a while. */
  private static List<String> settled(UpRun run, ExchangeTwin twin, CompletableFuture<Void> ended)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      TwinBooks books = TwinBooks.read(run.launcher().endpoints().orElseThrow());
      List<String> flaws = new ArrayList<>();
      ACCOUNTS.forEach(each -> flaws.addAll(books.flaws(each, twin.state(), START)));
      if (flaws.isEmpty() || System.nanoTime() > until) {
        return flaws;
      }
      assertThat(ended).as("the pipeline ended").isNotDone();
      Thread.sleep(300);
    }
  }
}
