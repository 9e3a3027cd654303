package io.quantumtrader.app.smoke;

import static io.quantumtrader.app.smoke.FakeLine.exchange;
import static io.quantumtrader.app.smoke.FakeLine.filled;
import static io.quantumtrader.app.smoke.FakeLine.ledger;
import static io.quantumtrader.app.smoke.FakeLine.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens, a smoke test leaves nothing open, or says what. */
final class SmokeRunTest {

  private final FakeLine line = new FakeLine();
  private final List<SmokeStep> told = new ArrayList<>();
  private SmokeRun playing;
  private boolean left;

  @BeforeEach
  void begin() {
    line.begins(exchange("0"), ledger("0"));
    line.begins(FakeLine.market());
    line.says(0, FakeLine.clock());
  }

  private List<SmokeStep> play() {
    SmokeOrder order =
        new SmokeOrder(
            "main",
            FakeLine.SYMBOL,
            BigDecimal.TEN,
            Duration.ofSeconds(45),
            "if it stays: ./quantum flatten --account main");
    try (SmokeRun run = new SmokeRun(line, order, Optional.empty(), told::add)) {
      playing = run;
      List<SmokeStep> steps = run.play();
      left = run.mayHaveLeft();
      assertThat(run.succeeded()).isEqualTo(steps.stream().allMatch(SmokeStep::ok));
      return steps;
    }
  }

  private static boolean isClose(TradeIntent intent) {
    return intent.getAction() == IntentAction.CLOSE;
  }

  private static SmokeStep step(List<SmokeStep> steps, String name) {
    return steps.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> failed(List<SmokeStep> steps) {
    return steps.stream().filter(each -> !each.ok()).map(SmokeStep::name).toList();
  }

  /** Grants at once and fills after so many seconds. */
  private void fill(TradeIntent intent, long afterSeconds) {
    String then = isClose(intent) ? "0" : "0.5";
    line.says(1, verdict(intent, Verdict.GRANTED, "PERMIT_GRANTED"));
    line.says(afterSeconds, filled(intent), exchange(then), ledger(then));
  }

  @Test
  void shouldBuyLookSellAndLook() {
    line.onIntent(intent -> fill(intent, 2));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).isEmpty();
    assertThat(steps)
        .extracting(SmokeStep::name)
        .contains("stop and target rest there", "ledger is flat")
        .doesNotContain("what was sent is over", "nothing is left open");
  }

  @Test
  void shouldCloseWhatIsFilledLate() {
    line.onIntent(intent -> fill(intent, isClose(intent) ? 2 : 70));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("entry is filled");
    assertThat(step(steps, "what was sent is over").ok()).isTrue();
    assertThat(step(steps, "ledger is flat").ok()).isTrue();
    assertThat(line.sent).filteredOn(SmokeRunTest::isClose).hasSize(1);
  }

  @Test
  void shouldCloseWhatAResultSaysThoughNobodyShowsItYet() {
    line.onIntent(
        intent -> {
          if (isClose(intent)) {
            fill(intent, 2);
          } else {
            line.says(1, verdict(intent, Verdict.GRANTED, "PERMIT_GRANTED"));
            line.says(60, filled(intent));
            line.says(80, exchange("0.5"), ledger("0.5"));
          }
        });

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("entry is filled");
    assertThat(step(steps, "close is filled").ok()).isTrue();
    assertThat(step(steps, "ledger is flat").ok()).isTrue();
  }

  @Test
  void shouldCloseWhatTheExchangeShowsThoughNoResultComes() {
    line.onIntent(
        intent -> {
          if (isClose(intent)) {
            fill(intent, 2);
          } else {
            line.says(1, verdict(intent, Verdict.GRANTED, "PERMIT_GRANTED"));
            line.says(60, exchange("0.5"), ledger("0.5"));
          }
        });

    List<SmokeStep> steps = play();

    assertThat(step(steps, "exchange is flat").ok()).isTrue();
    assertThat(step(steps, "nothing is left open").ok()).isFalse();
    assertThat(step(steps, "nothing is left open").said())
        .startsWith("0 open on the exchange")
        .contains("plan plan-of-" + line.sent.getFirst().getIntentId() + " has no final result");
  }

  @Test
  void shouldSayWhichPlanMayStillBeFilled() {
    line.onIntent(intent -> line.says(1, verdict(intent, Verdict.GRANTED, "PERMIT_GRANTED")));

    List<SmokeStep> steps = play();

    assertThat(failed(steps))
        .containsExactly("entry is filled", "what was sent is over", "nothing is left open");
    assertThat(step(steps, "nothing is left open").said())
        .contains("0 in the ledger", "has no final result", "./quantum flatten --account main");
    assertThat(line.sent).hasSize(1);
    assertThat(line.seconds()).isBetween(45L + 90, 45L + 90 + 50);
  }

  @Test
  void shouldCloseAgainWhereTheFirstCloseIsDenied() {
    line.onIntent(
        intent -> {
          long closes = line.sent.stream().filter(SmokeRunTest::isClose).count();
          if (closes == 1) {
            line.says(1, verdict(intent, Verdict.DENIED, "EXIT_IN_FLIGHT"));
          } else {
            fill(intent, 2);
          }
        });

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("close is granted");
    assertThat(step(steps, "nothing is left open").said()).isEqualTo("flat");
  }

  @Test
  void shouldSayWhatItCouldNotClose() {
    line.onIntent(
        intent -> {
          if (isClose(intent)) {
            line.says(1, verdict(intent, Verdict.DENIED, "TRADING_HALTED"));
          } else {
            fill(intent, 2);
          }
        });

    List<SmokeStep> steps = play();

    assertThat(step(steps, "nothing is left open").ok()).isFalse();
    assertThat(step(steps, "nothing is left open").said())
        .isEqualTo(
            "0.5 open on the exchange (stop 90, target 150), 0.5 in the ledger, each has its result;"
                + " if it stays: ./quantum flatten --account main");
  }

  @Test
  void shouldLookAfterAnIntentThatMayHaveArrived() {
    line.onIntent(
        intent -> {
          fill(intent, 20);
          if (!isClose(intent)) {
            throw new KafkaException("the answer was lost");
          }
        });

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("intent is sent");
    assertThat(step(steps, "ledger is flat").ok()).isTrue();
  }

  @Test
  void shouldCloseWhatItOpenedWhenItIsStopped() {
    line.onIntent(
        intent -> {
          if (isClose(intent)) {
            fill(intent, 2);
          } else {
            // Stop and target are waited for when Ctrl-C comes.
            line.says(1, verdict(intent, Verdict.GRANTED, "PERMIT_GRANTED"));
            line.says(2, filled(intent), FakeLine.bare("0.5"), ledger("0.5"));
            line.does(3, () -> playing.interrupt());
          }
        });

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("stop and target rest there", "it was stopped");
    assertThat(step(steps, "it was stopped").said())
        .isEqualTo(
            "0.5 open on the exchange (stop none, target none), 0.5 in the ledger,"
                + " each has its result");
    assertThat(step(steps, "ledger is flat").ok()).isTrue();
    assertThat(line.seconds()).isLessThan(10);
    assertThat(left).isFalse();
  }

  @Test
  void shouldSendNothingMoreOnceItIsStopped() {
    line.begins(FakeLine.openable());
    line.does(1, () -> playing.interrupt());

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("symbol may be opened", "it was stopped");
    assertThat(line.sent).isEmpty();
    assertThat(left).isFalse();
  }

  @Test
  void shouldAskNoMoreOfAPipelineThatBeginsOnceItIsStopped() {
    line.onIntent(
        intent -> {
          line.says(1, verdict(intent, Verdict.DENIED, "MARKET_STATE_MISSING"));
          line.does(1, () -> playing.interrupt());
        });

    List<SmokeStep> steps = play();

    assertThat(line.sent).hasSize(1);
    assertThat(failed(steps)).contains("permit is granted", "it was stopped");
    assertThat(left).isFalse();
  }

  @Test
  void shouldSayWhatIsLeftHalfAMinuteAfterItWasStopped() {
    line.onIntent(
        intent -> {
          if (!isClose(intent)) {
            fill(intent, 2);
            line.does(3, () -> playing.interrupt());
          }
        });

    List<SmokeStep> steps = play();

    assertThat(steps.getLast().name()).isEqualTo("nothing is left open");
    assertThat(steps.getLast().said())
        .startsWith("0.5 open on the exchange (stop 90, target 150), 0.5 in the ledger, intent ")
        .endsWith(" has no verdict; if it stays: ./quantum flatten --account main");
    assertThat(line.seconds()).isBetween(30L, 40L);
    assertThat(left).isTrue();
  }

  @Test
  void shouldSayBeforeItSendsThatTheSymbolMayNotBeOpened() {
    line.begins(FakeLine.openable("ETHUSDT", "BNBUSDT"));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("symbol may be opened");
    assertThat(steps.getLast().said())
        .isEqualTo(
            "BTCUSDT is none of the 2 that may be opened there; this lets it be opened: ./quantum"
                + " policy set allowedSymbols=ETHUSDT,BNBUSDT,BTCUSDT --reason smoke");
    assertThat(line.sent).isEmpty();
  }

  @Test
  void shouldTakeThePolicysOwnListInPlaceOfTheUniverses() {
    Policy own = Policy.newBuilder().setName("main").setAllowedSymbols(List.of("SOLUSDT")).build();
    line.begins(own);
    List<SmokeStep> denied = play();
    line.says(0, FakeLine.clock());
    line.begins(Policy.newBuilder(own).setAllowedSymbols(List.of(FakeLine.SYMBOL)).build());
    line.begins(FakeLine.openable("ETHUSDT"));
    line.onIntent(intent -> fill(intent, 2));
    List<SmokeStep> allowed = play();

    assertThat(failed(denied)).containsExactly("symbol may be opened");
    assertThat(denied.getLast().said())
        .endsWith("allowedSymbols=SOLUSDT,BTCUSDT --account main --reason smoke");
    assertThat(failed(allowed)).isEmpty();
  }

  @Test
  void shouldAskForTheSmallestThatTheExchangeTakes() {
    // 10 at 700 would be 0.014, rounded down to 0.01 and worth 7; it takes 8 or more.
    line.begins(FakeLine.rules("0.01", "8"), FakeLine.price("700"));
    line.onIntent(intent -> fill(intent, 2));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).isEmpty();
    assertThat(step(steps, "the exchange takes the size").said()).startsWith("0.02, worth 14: ");
    assertThat(line.sent.getFirst().getAmount()).isEqualByComparingTo("17.5");
  }

  @Test
  void shouldWaitUntilThePriceIsOneOfNow() {
    line.begins(MarketState.newBuilder(FakeLine.price("1")).setAsOfMs(-120_001).build());
    line.says(0, Clock.newBuilder(FakeLine.clock()).setNowMs(0).build());
    line.says(20, FakeLine.price("700"));
    line.onIntent(intent -> fill(intent, 2));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).isEmpty();
    assertThat(step(steps, "the exchange takes the size").said()).isEqualTo("0.014 at 700");
  }

  @Test
  void shouldSayBeforeItSendsWhichSizeTheExchangeTakes() {
    line.begins(FakeLine.rules("0.01", "100"), FakeLine.price("700"));

    List<SmokeStep> steps = play();

    assertThat(failed(steps)).containsExactly("the exchange takes the size");
    assertThat(steps.getLast().said())
        .isEqualTo(
            "10 rounds down to 0.01 at 700, and the exchange takes 0.01 or more, worth 100 or"
                + " more: give --notional 105");
    assertThat(line.sent).isEmpty();
  }

  @Test
  void shouldLeaveAloneWhatItDidNotOpen() {
    line.onIntent(
        intent -> line.says(1, verdict(intent, Verdict.DENIED, "LEDGER_HELD"), exchange("0.5")));
    List<SmokeStep> denied = play();
    line.begins(exchange("0.5"), ledger("0.5"));
    line.says(0, FakeLine.clock());
    List<SmokeStep> held = play();

    assertThat(failed(denied)).containsExactly("permit is granted");
    assertThat(failed(held)).containsExactly("exchange is known, flat");
    assertThat(line.sent).hasSize(1);
  }
}
