package io.quantumtrader.compose.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.testing.CommandRun;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A pipeline of {@code up}, on the addresses of a twin where it is told so. */
final class DemoRun implements AutoCloseable {

  static final String BTC = "BTCUSDT";
  static final String SECRET = "a-secret+of/the=demo-test";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  static final String KEY = "0123456789abcdefKEY";
  private static final List<String> MAIN = List.of("main");

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

  /** Starts a twin with one account, main. */
  static ExchangeTwin twin(TwinSymbol btc) throws IOException {
    return twin(btc, MAIN);
  }

  /**
   * Starts a twin with a market so calm that no symbol is among the best: those that are always
   * allowed stand in, the given one among them.
   */
  static ExchangeTwin twin(TwinSymbol btc, List<String> accounts) throws IOException {
    List<TwinSymbol> symbols = new ArrayList<>(List.of(btc));
    OTHERS.forEach(
        name -> symbols.add(TwinSymbol.perpetual(name + "USDT", "100", "0.01", "0.01", "5")));
    return ExchangeTwin.start(
        TwinSettings.of(
                accounts.stream()
                    .map(name -> TwinAccount.hmac(name, key(name), SECRET, "10000"))
                    .toList(),
                symbols)
            .generated(500, 0.00005, 400)
            .build());
  }

  private static String key(String account) {
    return account.equals("main") ? KEY : KEY + account;
  }

  /** Returns the options that lead to a twin with one account, main, with its keys in a file. */
  static List<String> options(ExchangeTwin twin, Path directory, String... more)
      throws IOException {
    return options(twin, directory, MAIN, more);
  }

  /** Returns the options that lead to a twin, with the keys of its accounts in a file. */
  static List<String> options(
      ExchangeTwin twin, Path directory, List<String> accounts, String... more) throws IOException {
    Path keys = directory.resolve("demo.keys");
    StringBuilder lines = new StringBuilder();
    for (String account : accounts) {
      String name = "QUANTUM_BINANCE_" + account.toUpperCase(Locale.ROOT);
      lines.append("%s_KEY=%s%n%s_SECRET=%s%n".formatted(name, key(account), name, SECRET));
    }
    Files.writeString(keys, lines);
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
    if (!accounts.equals(MAIN)) {
      options.addAll(List.of("--accounts", String.join(",", accounts)));
    }
    if (Collections.disjoint(List.of(more), List.of("--symbol", "--data"))) {
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

  String redisUri() {
    return RunningPipelines.ofThisUser().list().getLast().addresses().redis();
  }

  String said() {
    return said.toString(UTF_8);
  }

  /** Runs a command of {@code quantum} on it, and returns what it printed. */
  String command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--bootstrap-servers",
            endpoints().bootstrapServers(),
            "--schema-registry",
            endpoints().registryUrl()));
    CommandRun run = CommandRun.of(all.toArray());
    assertThat(run.code()).as(run.err() + run.out()).isZero();
    return run.out();
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
    send("main", BTC, id, action, sizing, amount, leverage);
  }

  /** Sends an intent of an account, made now. */
  void send(
      String account,
      String symbol,
      String id,
      IntentAction action,
      Sizing sizing,
      String amount,
      double leverage) {
    RunningPipeline pipeline =
        RunningPipeline.at(
            endpoints().bootstrapServers(), endpoints().registryUrl(), endpoints().config());
    long nowMs = System.currentTimeMillis();
    TradeIntent intent =
        TradeIntent.newBuilder()
            .setIntentId(id)
            .setAccount(account)
            .setSymbol(symbol)
            .setAction(action)
            .setSizing(sizing)
            .setAmount(new BigDecimal(amount).setScale(18))
            .setLeverage(leverage)
            .setCreatedAtMs(nowMs)
            .build();
    try (RecordSerdes serdes = endpoints().serdes()) {
      AccountRecords.send(
          pipeline.kafka(), serdes, Topic.TRADE_INTENT, account, TradeIntent.class, intent, nowMs);
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
