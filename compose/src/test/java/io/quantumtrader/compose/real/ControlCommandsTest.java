package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's commands against a real broker and registry. */
@Tag("real")
final class ControlCommandsTest {

  private static final long DAY = 86_400_000;

  private static RealPipeline pipeline;
  private static long sequence;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void open() {
    pipeline = RealPipeline.fresh();
  }

  @AfterAll
  static void close() {
    pipeline.close();
  }

  @BeforeEach
  void beginWithoutRecords() {
    List.of("*", "alpha", "beta").forEach(key -> pipeline.forget(Topic.CONTROL, key));
    sequence++;
    for (String account : List.of("alpha", "beta")) {
      send(row(account, "BTCUSDT", PositionSide.LONG));
      send(row(account, "ETHUSDT", PositionSide.SHORT));
    }
  }

  @Test
  void shouldSetAStateForAllAndShowIt() throws Exception {
    assertThat(run("control", "state", "halted", "--reason", "exchange down", "--no-wait"))
        .isZero();

    Control control = controls().get("*");
    assertThat(control.getTradingState()).isEqualTo(TradingState.HALTED);
    assertThat(control.getAccount()).isEqualTo("*");
    assertThat(control.getReason()).isEqualTo("exchange down");
    assertThat(control.getSetBy()).isEqualTo(System.getProperty("user.name"));
    assertThat(control.getCloses()).isEmpty();
    assertThat(out).isEqualToIgnoringNewLines("all accounts: HALTED (exchange down)");
    assertThat(run("control", "show", "--json")).isZero();
    JsonNode shown = new ObjectMapper().readTree(out);
    assertThat(shown.get("account").asText()).isEqualTo("*");
    assertThat(shown.get("tradingState").asText()).isEqualTo("HALTED");
  }

  @Test
  void shouldOrderACloseAndLeaveTheStateAsItWas() throws Exception {
    // given
    run("control", "state", "ACTIVE", "--account", "alpha", "--reason", "calm", "--no-wait");

    // when
    String typed = "control close btcusdt --account alpha --reason news --no-wait";
    assertThat(run(typed.split(" "))).isZero();

    // then
    Control control = controls().get("alpha");
    assertThat(control.getTradingState()).isEqualTo(TradingState.ACTIVE);
    assertThat(control.getReason()).isEqualTo("calm");
    assertThat(control.getCloses())
        .singleElement()
        .satisfies(
            close -> {
              assertThat(close.getSymbol()).isEqualTo("BTCUSDT");
              assertThat(close.getReason()).isEqualTo("news");
              assertThat(close.getId()).hasSize(36);
            });
    assertThat(controls()).doesNotContainKey("*");
    assertThat(err).isEqualTo(where());
    assertThat(out).contains("alpha: ACTIVE (calm)").contains("close BTCUSDT (news)");
  }

  @Test
  void shouldKeepTheOrdersOfADayAndStateChangesBesideThem() throws Exception {
    // given an order of yesterday and one of today
    long nowMs = System.currentTimeMillis();
    Control before =
        Control.newBuilder(Records.control(TradingState.ACTIVE))
            .setCloses(
                List.of(order("yesterday", nowMs - DAY - 1), order("today", nowMs - DAY + 60_000)))
            .build();
    pipeline.send(Topic.CONTROL, "*", before, nowMs);
    pipeline.flush();

    // when
    run("flatten", "--reason", "end of the day", "--no-wait");
    run("flatten", "--symbol", "ETHUSDT", "--reason", "and this one", "--no-wait");
    run("control", "state", "REDUCING", "--no-wait");

    // then
    Control control = controls().get("*");
    assertThat(control.getTradingState()).isEqualTo(TradingState.REDUCING);
    assertThat(control.getCloses())
        .extracting(ManualClose::getReason)
        .containsExactly("today", "end of the day", "and this one");
    assertThat(control.getCloses())
        .extracting(ManualClose::getSymbol)
        .containsExactly("XUSDT", "", "ETHUSDT");
    assertThat(control.getCloses()).extracting(ManualClose::getId).doesNotHaveDuplicates();
  }

  @Test
  void shouldChangeNoTradingStateByOrderingTheFirstClose() throws Exception {
    // given no record at all, which means REDUCING
    // when
    run("flatten", "--account", "alpha", "--reason", "first", "--no-wait");
    String saidOfAlpha = err;
    run("flatten", "--reason", "all", "--no-wait");
    run("flatten", "--account", "beta", "--reason", "beside a record for all", "--no-wait");

    // then: the stricter of both holds, so an account beside * restricts nothing by ACTIVE
    assertThat(controls().get("alpha").getTradingState()).isEqualTo(TradingState.REDUCING);
    assertThat(controls().get("*").getTradingState()).isEqualTo(TradingState.REDUCING);
    assertThat(controls().get("beta").getTradingState()).isEqualTo(TradingState.ACTIVE);
    assertThat(saidOfAlpha)
        .startsWith(where())
        .contains("no control record for alpha")
        .contains("REDUCING");
  }

  @Test
  void shouldSayWhatNoRecordMeans() {
    assertThat(run("control", "show")).isZero();

    assertThat(out).isEmpty();
    assertThat(err).startsWith(where()).contains("REDUCING");
  }

  @Test
  void shouldSayWhatCameOfAnOrderPositionByPosition() throws Exception {
    // given an order that waits
    CompletableFuture<CommandRun> ordered = later("flatten", "--account", "alpha", "--reason", "x");
    String order = order("alpha");

    // when the stages and the executor do their part
    send(manualClose(order, "BTCUSDT"));
    send(filled("plan-BTCUSDT"));
    send(row("alpha", "BTCUSDT", PositionSide.FLAT));
    send(row("beta", "ETHUSDT", PositionSide.FLAT));
    send(row("alpha", "ETHUSDT", PositionSide.FLAT));

    // then
    CommandRun run = ordered.get(60, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "alpha BTCUSDT LONG 0.5: closed at 90000, profit 1.50 before fees",
            "alpha ETHUSDT SHORT 0.5: closed, profit 1.50 before fees",
            "2 positions found, 2 closed, 0 left");
  }

  @Test
  void shouldFailWhereAPositionIsStillOpenAndSayWhy() throws Exception {
    // given
    CompletableFuture<CommandRun> ordered =
        later("control", "close", "BTCUSDT", "--reason", "x", "--wait", "8", "--json");
    String order = order("*");

    // when one of two is closed
    send(row("beta", "BTCUSDT", PositionSide.FLAT));
    send(manualClose(order, "BTCUSDT"));

    // then
    CommandRun run = ordered.get(60, TimeUnit.SECONDS);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("1 of 2 positions are still open after 8 s; the order stands");
    JsonNode said = new ObjectMapper().readTree(run.out());
    assertThat(said.get("order").asText()).isEqualTo(order);
    assertThat(said.get("found").asInt()).isEqualTo(2);
    assertThat(said.get("left").asInt()).isEqualTo(1);
    assertThat(said.at("/positions/0/why").asText()).contains("plan-BTCUSDT has no result yet");
    assertThat(said.at("/positions/1/closed").asBoolean()).isTrue();
  }

  @Test
  void shouldOrderNothingWhereNothingIsOpen() throws Exception {
    assertThat(run("control", "close", "NOPEUSDT", "--reason", "x")).isEqualTo(1);
    assertThat(err).contains("there is no instrument NOPEUSDT; positions are open in BTCUSDT, ETH");
    assertThat(run("control", "close", "BTCUSDT", "--account", "main", "--reason", "x"))
        .isEqualTo(1);
    assertThat(err).contains("there is no account 'main' in this pipeline; it has alpha, beta");
    assertThat(run("control", "state", "HALTED", "--account", "alhpa")).isEqualTo(1);
    assertThat(err).contains("there is no account 'alhpa'");
    for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
      send(row("beta", symbol, PositionSide.FLAT));
    }
    assertThat(run("control", "close", "BTCUSDT", "--account", "beta", "--reason", "x"))
        .isEqualTo(1);
    assertThat(err).contains("nothing is open in BTCUSDT for account beta");
    assertThat(run("flatten", "--account", "beta", "--reason", "x")).isZero();
    assertThat(out).isEqualTo("0 positions found, 0 closed, 0 left\n");

    assertThat(controls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control close BTC/USDT --reason x",
        "control close BTCUSDT",
        "control state SIDEWAYS",
        "control state UNRECOGNIZED",
        "control state ACTIVE --account Main",
        "flatten",
        "flatten --reason=",
        "backfill",
        "backfill risk --symbol BTC/USDT",
        "backfill risk --account Main",
        "control"
      })
  void shouldSayInOneLineWhatIsWrongAndWriteNothing(String command) throws Exception {
    assertThat(run(command.split(" "))).isEqualTo(2);

    assertThat(err).hasLineCount(1).contains("--help");
    assertThat(controls()).isEmpty();
  }

  @Test
  void shouldSayInOneLineThatNobodyAnswers() {
    CommandRun run =
        CommandRun.of(
            "control",
            "show",
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--schema-registry",
            "http://127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .hasLineCount(2)
        .startsWith("Pipeline at 127.0.0.1:1.")
        .contains("cannot be read or written");
  }

  private int run(String... arguments) {
    List<String> command = List.of(arguments);
    boolean takesPlace = command.size() > 1 || command.contains("flatten");
    CommandRun run = takesPlace ? pipeline.run(command) : CommandRun.of((Object[]) arguments);
    out = run.out();
    err = run.err();
    return run.code();
  }

  private static CompletableFuture<CommandRun> later(String... arguments) {
    return CompletableFuture.supplyAsync(() -> pipeline.run(List.of(arguments)));
  }

  /** Returns the id of the order that a command has given by now. */
  private static String order(String key) {
    await().atMost(Duration.ofSeconds(30)).until(() -> controls().containsKey(key));
    return controls().get(key).getCloses().getFirst().getId();
  }

  private static String where() {
    return "Pipeline at " + pipeline.stack().bootstrapServers() + ".\n";
  }

  private static void send(PositionLedger row) {
    pipeline.send(Topic.POSITION_LEDGER, row.getAccount() + ":" + row.getSymbol(), row, 1);
    pipeline.flush();
  }

  private static void send(Decision decision) {
    pipeline.send(Topic.DECISION, decision.getAccount(), decision, 1);
    pipeline.flush();
  }

  private static void send(ApplyResult result) {
    pipeline.send(Topic.APPLY_RESULT, result.getAccount(), result, 1);
    pipeline.flush();
  }

  private static String positionId(String account, String symbol) {
    return account + ":" + symbol + ":" + sequence;
  }

  private static PositionLedger row(String account, String symbol, PositionSide side) {
    boolean open = side != PositionSide.FLAT;
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(open ? positionId(account, symbol) : "")
        .setOpenSequence(sequence)
        .setSide(side)
        .setQuantity(decimal(open ? "0.5" : "0"))
        .setEntryPrice(decimal(open ? "90000" : "0"))
        .setRealizedPnl(decimal("1.5"))
        .setFees(decimal("0"))
        .setPositionRealizedPnl(decimal("1.5"))
        .setPositionFees(decimal("0"))
        .setUpdatedAtMs(1)
        .build();
  }

  private static Decision manualClose(String order, String symbol) {
    return Decision.newBuilder()
        .setDecisionId("granted " + order)
        .setAccount("alpha")
        .setStage("apply-layer")
        .setVerdict(Verdict.GRANTED)
        .setCode("MANUAL_CLOSE")
        .setCauseType(CauseType.CONTROL)
        .setCauseId(order + "/" + positionId("alpha", symbol))
        .setPlanId("plan-" + symbol)
        .setSymbol(symbol)
        .setAtMs(1)
        .build();
  }

  private static ApplyResult filled(String plan) {
    return ApplyResult.newBuilder()
        .setResultId("result of " + plan)
        .setPlanId(plan)
        .setAccount("alpha")
        .setSymbol("BTCUSDT")
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.SELL)
        .setReduceOnly(true)
        .setRequestedQuantity(decimal("0.5"))
        .setFilledQuantity(decimal("0.5"))
        .setFill(
            Fill.newBuilder()
                .setFillId("fill of " + plan)
                .setQuantity(decimal("0.5"))
                .setPrice(decimal("90000"))
                .setFee(decimal("0"))
                .setAtMs(1)
                .build())
        .setAtMs(1)
        .build();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }

  private static Map<String, Control> controls() {
    return pipeline.table(Topic.CONTROL, Control.class);
  }

  private static ManualClose order(String reason, long atMs) {
    return ManualClose.newBuilder()
        .setId("id of " + reason)
        .setSymbol("XUSDT")
        .setReason(reason)
        .setAtMs(atMs)
        .build();
  }
}
