package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
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
  }

  @Test
  void shouldSetAStateForAllAndShowIt() throws Exception {
    assertThat(run("control", "state", "halted", "--reason", "exchange down")).isZero();

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
    run("control", "state", "ACTIVE", "--account", "alpha", "--reason", "calm");

    // when
    assertThat(run("control", "close", "btcusdt", "--account", "alpha", "--reason", "news"))
        .isZero();

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
    assertThat(err).isEmpty();
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
    run("flatten", "--reason", "end of the day");
    run("flatten", "--symbol", "ETHUSDT", "--reason", "and this one");
    run("control", "state", "REDUCING");

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
    run("flatten", "--account", "alpha", "--reason", "first");
    String saidOfAlpha = err;
    run("flatten", "--reason", "all");
    run("flatten", "--account", "beta", "--reason", "beside a record for all");

    // then: the stricter of both holds, so an account beside * restricts nothing by ACTIVE
    assertThat(controls().get("alpha").getTradingState()).isEqualTo(TradingState.REDUCING);
    assertThat(controls().get("*").getTradingState()).isEqualTo(TradingState.REDUCING);
    assertThat(controls().get("beta").getTradingState()).isEqualTo(TradingState.ACTIVE);
    assertThat(saidOfAlpha.lines()).hasSize(1);
    assertThat(saidOfAlpha).contains("no control record for alpha").contains("REDUCING");
  }

  @Test
  void shouldSayWhatNoRecordMeans() {
    assertThat(run("control", "show")).isZero();

    assertThat(out).isEmpty();
    assertThat(err).contains("REDUCING").hasLineCount(1);
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
    assertThat(run.err()).hasLineCount(1).contains("cannot be read or written");
  }

  private int run(String... arguments) {
    List<String> command = List.of(arguments);
    boolean takesPlace = command.size() > 1 || command.contains("flatten");
    CommandRun run = takesPlace ? pipeline.run(command) : CommandRun.of((Object[]) arguments);
    out = run.out();
    err = run.err();
    return run.code();
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
