package io.quantumtrader.compose.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A pipeline of {@code up --exchange demo} with the addresses of a twin. */
final class DemoRun implements AutoCloseable {

  static final String BTC = "BTCUSDT";
  static final String SECRET = "a-secret+of/the=demo-test";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  static final String KEY = "0123456789abcdefKEY";

  /** With another one, ten are enough for the first list of what may be opened. */
  private static final List<String> OTHERS =
      List.of("ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LTC", "LINK", "DOT", "UNI");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final UpRun run;
  private final CompletableFuture<Void> ended;

  /** Reads the options as the command does. */
  @Command
  private static final class Options {
    @Mixin private UpOptions up = new UpOptions();
  }

  DemoRun(List<String> options) {
    run = new UpRun(parsed(options), screen(said));
    ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                var unused = run.play();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  static UpOptions parsed(List<String> options) {
    Options read = new Options();
    var unused =
        new CommandLine(read)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(options.toArray(String[]::new));
    return read.up;
  }

  static Screen screen(ByteArrayOutputStream out) {
    return Screen.plain(new PrintStream(out, true, UTF_8));
  }

  /**
   * Starts a twin with one account, main, and a market so calm that no symbol is among the best:
   * those that are always allowed stand in, the given one among them.
   */
  static ExchangeTwin twin(TwinSymbol btc) throws IOException {
    List<TwinSymbol> symbols = new ArrayList<>(List.of(btc));
    OTHERS.forEach(
        name -> symbols.add(TwinSymbol.perpetual(name + "USDT", "100", "0.01", "0.01", "5")));
    return ExchangeTwin.start(
        TwinSettings.of(List.of(TwinAccount.hmac("main", KEY, SECRET, "10000")), symbols)
            .generated(500, 0.00005, 400)
            .build());
  }

  /** Returns the options that lead to a twin, with its keys in a file. */
  static List<String> options(ExchangeTwin twin, Path directory, String... more)
      throws IOException {
    Path keys = directory.resolve("demo.keys");
    Files.writeString(
        keys,
        "QUANTUM_BINANCE_MAIN_KEY=%s%nQUANTUM_BINANCE_MAIN_SECRET=%s%n".formatted(KEY, SECRET));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    List<String> options =
        new ArrayList<>(
            List.of(
                "--exchange",
                "demo",
                "--exchange-url",
                twin.restUrl().toString(),
                "--exchange-streams",
                twin.streamUrl().toString(),
                "--keys",
                keys.toString()));
    if (!List.of(more).contains("--symbol")) {
      // The smoke test has a pipeline of its own, which leaves nothing.
      options.addAll(List.of("--data", directory.resolve("data").toString()));
    }
    options.addAll(List.of(more));
    return options;
  }

  /** Returns whether a conditional order of a type waits for its price. */
  static boolean rests(ExchangeTwin twin, String type) {
    return twin.state().conditionalOrders("main").stream()
        .anyMatch(algo -> algo.status() == AlgoStatus.NEW && algo.request().type().equals(type));
  }

  Endpoints endpoints() {
    return run.launcher().endpoints().orElseThrow();
  }

  String said() {
    return said.toString(UTF_8);
  }

  /** Returns the last step of the clock that was fed, epoch milliseconds; 0 before the first. */
  long fedMs() {
    return run.launcher().feed().orElseThrow().progress().nowMs();
  }

  /** Waits until the pipeline is fed. */
  void awaitFed() throws InterruptedException {
    await(() -> run.launcher().feed().isPresent());
  }

  /** Asks for a position until there is one: a pipeline that has just begun knows no market yet. */
  void open(ExchangeTwin twin, String notional, double leverage) throws InterruptedException {
    int[] asked = {0};
    await(
        () -> {
          if (twin.state().amount("main", BTC).signum() == 0) {
            send("asked-" + asked[0]++, IntentAction.BUY, Sizing.NOTIONAL, notional, leverage);
          }
          return twin.state().amount("main", BTC).signum() > 0;
        });
  }

  void send(String id, IntentAction action, Sizing sizing, String amount, double leverage) {
    RunningPipeline pipeline =
        RunningPipeline.at(
            endpoints().bootstrapServers(), endpoints().registryUrl(), endpoints().config());
    long nowMs = System.currentTimeMillis();
    TradeIntent intent =
        TradeIntent.newBuilder()
            .setIntentId(id)
            .setAccount("main")
            .setSymbol(BTC)
            .setAction(action)
            .setSizing(sizing)
            .setAmount(new BigDecimal(amount).setScale(18))
            .setLeverage(leverage)
            .setCreatedAtMs(nowMs)
            .build();
    try (RecordSerdes serdes = endpoints().serdes()) {
      AccountRecords.send(
          pipeline.kafka(), serdes, Topic.TRADE_INTENT, "main", TradeIntent.class, intent, nowMs);
    }
  }

  void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        fail(
            "waited in vain; the stages said %s, and the pipeline %s",
            TwinBooks.read(endpoints()).codes(), said());
      }
      assertThat(ended).as("the pipeline ended: %s", said()).isNotDone();
      Thread.sleep(1_000);
    }
  }

  @Override
  public void close() {
    run.interrupt();
    ended.handle((done, failure) -> null).join();
    run.close();
  }
}
