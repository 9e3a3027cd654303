package io.quantumtrader.console.view;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.MINUTE;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.Records.number;
import static io.quantumtrader.console.testing.TwoAccounts.ALPHA;
import static io.quantumtrader.console.testing.TwoAccounts.BETA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.console.view.AccountRow.Gauge;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import io.quantumtrader.console.view.PipelineRow.StageRow;
import io.quantumtrader.console.view.PipelineRow.TopicRow;
import io.quantumtrader.console.view.PolicyRow.ChangeRow;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ViewsTest {

  private static final DecisionView.Filter ALL = new DecisionView.Filter(Scope.ALL, "", "", "", "");

  private final GivenBook two = TwoAccounts.book();

  private <T> List<T> rows(Function<Pages, List<T>> view) {
    return two.read(view);
  }

  @Test
  void shouldTellAPositionWithItsMarkItsNextRungAndWhoOpenedIt() {
    List<PositionRow> rows = rows(pages -> PositionView.rows(pages, Scope.ALL));

    PositionRow row = rows.getFirst();
    assertThat(rows).hasSize(1);
    assertThat(row.account()).isEqualTo(ALPHA);
    assertThat(row.markPrice()).isEqualByComparingTo("104");
    assertThat(row.unrealizedPnl()).isEqualByComparingTo("4");
    assertThat(row.r()).isEqualTo(0.78);
    assertThat(row.nextRungR()).isEqualTo(2.0);
    assertThat(row.nextRungPrice()).as("100 + 2 x 5").isEqualByComparingTo("110");
    assertThat(row.killScore()).isEqualTo(0.21);
    assertThat(row.heatShare()).isEqualTo(1.0);
    assertThat(row.margin()).isEqualByComparingTo("50");
    assertThat(row.ageMs()).isEqualTo(MINUTE);
    assertThat(row.source()).isEqualTo("breakout");
    assertThat(row.openedBy()).isEqualTo("p-open");
    assertThat(rows(pages -> PositionView.rows(pages, new Scope(BETA, "")))).isEmpty();
    assertThat(rows(pages -> PositionView.rows(pages, new Scope(ALPHA, ETH)))).isEmpty();
  }

  @Test
  void shouldTellAShortOfWhichLittleIsKnown() {
    // given: one rung is taken, the marks are of the position before
    two.tell(
        Topic.POSITION_LEDGER,
        ALPHA + ":" + BTC,
        Records.ledger(ALPHA, BTC)
            .setPositionId("another")
            .setSide(PositionSide.SHORT)
            .setRisk(Records.risk("104"))
            .setRungsTaken(List.of(1))
            .setStopPrice(null)
            .setOpenedAtMs(null)
            .build());

    // when
    PositionRow row = rows(pages -> PositionView.rows(pages, Scope.ALL)).getFirst();

    // then
    assertThat(row.markPrice()).isNull();
    assertThat(row.r()).isNull();
    assertThat(row.heatShare()).isNull();
    assertThat(row.ageMs()).isNull();
    assertThat(row.stopPrice()).isNull();
    assertThat(row.nextRungR()).isEqualTo(4.0);
    assertThat(row.nextRungPrice()).as("100 - 4 x 4").isEqualByComparingTo("84");

    // when: all rungs are taken, and it is flat
    two.tell(
        Topic.POSITION_LEDGER,
        ALPHA + ":" + BTC,
        Records.ledger(ALPHA, BTC).setRungsTaken(List.of(1, 2, 3)).build());
    assertThat(rows(pages -> PositionView.rows(pages, Scope.ALL)).getFirst().nextRungR()).isNull();
    two.tell(
        Topic.POSITION_LEDGER,
        ALPHA + ":" + BTC,
        Records.ledger(ALPHA, BTC).setSide(PositionSide.FLAT).setQuantity(number("0")).build());
    assertThat(rows(pages -> PositionView.rows(pages, Scope.ALL))).isEmpty();
  }

  @Test
  void shouldHoldEachAccountAgainstItsLimits() {
    List<AccountRow> rows = rows(pages -> AccountView.rows(pages, Scope.ALL));

    assertThat(rows)
        .extracting(AccountRow::account, AccountRow::tradingState, AccountRow::stateReason)
        .containsExactly(tuple(ALPHA, "ACTIVE", "start"), tuple(BETA, "REDUCING", "night shift"));
    assertThat(rows.getFirst().gauges())
        .extracting(Gauge::name, Gauge::value, Gauge::limit)
        .contains(tuple("slots", 2.0, 6.0), tuple("exposure", 0.1, 0.5));
    assertThat(gauge(rows.getFirst(), "marginRatio").used()).isEqualTo(0.2 / 2.5, offset(1e-9));
    assertThat(gauge(rows.getLast(), "marginRatio").used()).isNull();
    assertThat(rows.getFirst().policyVersion()).isEqualTo(3);
  }

  private static Gauge gauge(AccountRow row, String name) {
    return row.gauges().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void shouldTellAHaltOfTheGateWhileItLastsAndTheLossOfTheDay() {
    // given
    two.tell(
        Topic.PORTFOLIO_STATE,
        ALPHA,
        Records.portfolio(ALPHA, NOW)
            .setEquity(number("9800"))
            .setHaltedUntilMs(NOW + 1)
            .setHaltCode("DAILY_LOSS")
            .build());
    two.tell(
        Topic.PORTFOLIO_STATE,
        BETA,
        Records.portfolio(BETA, NOW)
            .setEquity(null)
            .setHaltedUntilMs(NOW)
            .setHaltCode("DAILY_LOSS")
            .build());

    // when
    List<AccountRow> rows = rows(pages -> AccountView.rows(pages, Scope.ALL));

    // then
    assertThat(rows.getFirst().haltCode()).isEqualTo("DAILY_LOSS");
    assertThat(rows.getFirst().dayProfit()).isEqualByComparingTo("-200");
    assertThat(gauge(rows.getFirst(), "dailyLoss").value()).isEqualTo(0.02);
    assertThat(rows.getLast().haltedUntilMs()).isNull();
    assertThat(rows.getLast().haltCode()).isEmpty();
    assertThat(rows.getLast().dayProfit()).isNull();
    assertThat(gauge(rows.getLast(), "dailyLoss").value()).isNull();
  }

  @Test
  void shouldLetAHaltOfAllHoldForEach() {
    two.tell(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.HALTED)
            .setReason("the news")
            .setAtMs(NOW)
            .build());

    assertThat(rows(pages -> AccountView.rows(pages, Scope.ALL)))
        .extracting(AccountRow::tradingState, AccountRow::stateReason)
        .containsExactly(tuple("HALTED", "the news"), tuple("HALTED", "the news"));
  }

  @Test
  void shouldTellWhatIsReservedWithItsLastOutcome() {
    two.tell(
        Topic.APPLY_RESULT,
        ALPHA,
        Records.result("r1", ALPHA, ETH)
            .setPlanId("p-waiting")
            .setOutcome(ResultOutcome.UNRESOLVED)
            .build());

    List<ReservationRow> rows = rows(pages -> PlanView.reservations(pages, Scope.ALL));

    assertThat(rows)
        .extracting(ReservationRow::planId, ReservationRow::outcome)
        .contains(tuple("p-waiting", "UNRESOLVED"));
    assertThat(rows(pages -> PlanView.reservations(pages, new Scope(ALPHA, BTC)))).isEmpty();
    assertThat(rows(pages -> PlanView.permits(pages, Scope.ALL, 10)))
        .singleElement()
        .extracting(PermitRow::alive)
        .isEqualTo(true);
    two.tell(Topic.CLOCK, "0", Records.clock(NOW + MINUTE + 1));
    assertThat(rows(pages -> PlanView.permits(pages, Scope.ALL, 10)).getFirst().alive()).isFalse();
  }

  @Test
  void shouldCountDenialsByCodeAndSymbolAndNoHolds() {
    assertThat(rows(pages -> DecisionView.denials(pages, ALL)))
        .extracting(DenialRow::code, DenialRow::symbol, DenialRow::count, DenialRow::lastAtMs)
        .containsExactly(
            tuple("TRADING_REDUCING", ETH, 3L, NOW + 202),
            tuple("MIN_NOTIONAL", BTC, 1L, NOW + 300));
  }

  @Test
  void shouldFindDecisionsByAnythingAskedFor() {
    assertThat(found(new Scope(BETA, ""), "", "", "", "")).hasSize(3);
    assertThat(found(new Scope("*", BTC), "", "", "", "")).hasSize(3);
    assertThat(found(Scope.ALL, "i-denied", "", "", "")).containsExactly("TRADING_REDUCING");
    assertThat(found(Scope.ALL, "p-open", "", "", "")).containsExactly("PERMIT_GRANTED");
    assertThat(found(Scope.ALL, "", "bridge", "DENIED", "")).hasSize(3);
    assertThat(found(Scope.ALL, "", "bridge", "GRANTED", "")).isEmpty();
    assertThat(found(Scope.ALL, "", "", "", "INTENT_HOLD")).hasSize(1);
    assertThat(rows(pages -> DecisionView.rows(pages, ALL, 2)))
        .as("the newest first")
        .extracting(DecisionRow::code)
        .containsExactly("INTENT_HOLD", "MIN_NOTIONAL");
  }

  private List<String> found(Scope scope, String about, String stage, String verdict, String code) {
    DecisionView.Filter filter = new DecisionView.Filter(scope, about, stage, verdict, code);
    return rows(pages -> DecisionView.rows(pages, filter, 100)).stream()
        .map(DecisionRow::code)
        .toList();
  }

  @Test
  void shouldTellADecisionAboutNoAccountToEveryAccount() {
    two.tell(
        Topic.DECISION,
        "*",
        Records.decision("*", "list", "UNIVERSE_RANKED").setSymbol(null).build());

    assertThat(found(new Scope(BETA, ""), "list", "", "", "")).hasSize(1);
  }

  @Test
  void shouldPutADecisionIntoWords() {
    assertThat(rows(pages -> DecisionView.rows(pages, ALL, 10)))
        .extracting(DecisionRow::words)
        .contains(
            "BTCUSDT BUY denied by governor: The order is worth less than the exchange accepts"
                + " (notional 3.2, minNotional 5)",
            "BTCUSDT BUY granted by portfolio-gate: The entry is granted; slot and margin are"
                + " reserved (quantity 1.0, exposureAfter 0.1235)");
    assertThat(DecisionWords.shortened("0.00004")).isEqualTo("0");
    assertThat(DecisionWords.shortened("REDUCING")).isEqualTo("REDUCING");
  }

  @Test
  void shouldSayWhatKeepsEachSymbolOut() {
    two.tell(
        Topic.MARKET_STATE, "A1USDT", Records.state("A1USDT", NOW).setPriceSuspect(true).build());
    two.tell(Topic.INSTRUMENT, "A1USDT", Records.instrument("A1USDT").build());
    two.tell(Topic.MARKET_STATE, "A2USDT", Records.state("A2USDT", NOW).setTs(0.001).build());
    two.tell(Topic.INSTRUMENT, "A2USDT", Records.instrument("A2USDT").build());
    two.tell(Topic.MARKET_STATE, "A3USDT", Records.state("A3USDT", NOW).build());
    two.tell(Topic.MARKET_STATE, "A4USDT", Records.state("A4USDT", NOW).build());
    two.tell(Topic.INSTRUMENT, "A4USDT", Records.instrument("A4USDT").build());
    two.tell(
        Topic.INSTRUMENT,
        "A5USDT",
        Records.instrument("A5USDT")
            .setStatus(io.quantumtrader.schemas.avro.InstrumentStatus.BREAK)
            .build());

    assertThat(rows(UniverseView::rows))
        .extracting(UniverseRow::symbol, UniverseRow::rank, UniverseRow::keptOutBy)
        .containsExactly(
            tuple(BTC, 1, ""),
            tuple(ETH, 2, ""),
            tuple("BNBUSDT", 3, ""),
            tuple("A1USDT", null, "its price is suspect: the last candles disagree"),
            tuple("A2USDT", null, "no trend: trend strength is below universeMinTs"),
            tuple("A3USDT", null, "the exchange does not list it"),
            tuple("A4USDT", null, "not ranked among the best yet"),
            tuple("A5USDT", null, "the exchange takes no orders in it"),
            tuple("ADAUSDT", null, "warming up: it has no market state"),
            tuple("XRPUSDT", null, "too quiet: volatility is below universeMinSigma"));
    UniverseRow first = rows(UniverseView::rows).getFirst();
    assertThat(first.score()).isEqualTo(0.9);
    assertThat(first.ageMs()).isEqualTo(MINUTE);
    assertThat(first.minSigma()).as("hourly to a minute").isEqualTo(0.005 * Math.sqrt(1 / 60.0));
    assertThat(first.regime()).isEqualTo("trend");
  }

  @Test
  void shouldTellEachVersionOfAPolicyByWhatItChanged() {
    // given: beta gets its own, and loses it again
    Policy own =
        Policy.newBuilder()
            .setName(BETA)
            .setVersion(1)
            .setCreatedAtMs(NOW)
            .setMaxPositions(6)
            .setMaxExposure(0.3)
            .build();
    two.tell(Topic.POLICY, BETA, own);
    Map<String, String> why =
        Map.of("quantum.set.by", "dora", "quantum.reason", "back to the default");
    two.tell(Topic.POLICY, 0, BETA, Optional.empty(), why);

    // when
    List<PolicyRow> rows = rows(RecordView::policies);

    // then: the newest first
    assertThat(rows)
        .extracting(PolicyRow::name, PolicyRow::version)
        .containsExactly(
            tuple(BETA, 0L),
            tuple(BETA, 1L),
            tuple("default", 3L),
            tuple("default", 2L),
            tuple("default", 1L));
    assertThat(rows.get(1).changes()).containsExactly(new ChangeRow("maxExposure", "0.5", "0.3"));
    assertThat(rows.getFirst().changes())
        .containsExactly(new ChangeRow("maxExposure", "0.3", "0.5"));
    assertThat(rows.getFirst().reason()).isEqualTo("back to the default");
    assertThat(rows.get(2).setBy()).isEqualTo("dora");
  }

  @Test
  void shouldTellADeadLetterWithReasonAndPlace() {
    assertThat(rows(pages -> DeadLetterView.rows(pages, 1)))
        .containsExactly(
            new DeadLetterRow(
                0,
                2,
                NOW,
                "quantum.trade.intent",
                "1:17",
                "gamma",
                "stages",
                "VALUE_UNREADABLE",
                "no schema has this id: 4711",
                "",
                null,
                "",
                ""));
  }

  @Test
  void shouldDrawThePipelineWithItsTimesAndWhatEachStageRefuses() {
    // given: a decision from before the last ten minutes
    two.tell(
        Topic.DECISION,
        ALPHA,
        Records.decision(ALPHA, "i-old", "MIN_NOTIONAL").setAtMs(NOW - 10 * MINUTE).build());
    List<ReaderRow> readers = List.of(new ReaderRow("quantum-streams", 7L));

    // when
    PipelineRow row = two.<PipelineRow>read(pages -> PipelineView.of(pages, readers, NOW + 2_500));

    // then
    assertThat(row.clockAgeMs()).isEqualTo(2_500);
    assertThat(row.nowMs()).isEqualTo(NOW + MINUTE);
    assertThat(row.intentToPlanMs()).isEqualTo(400);
    assertThat(row.planToResultMs()).as("three of a second, one of 600 ms").isEqualTo(1_000);
    assertThat(row.plansUnderWay()).isEqualTo(1);
    assertThat(row.readers()).isEqualTo(readers);
    assertThat(stage(row, "bridge")).extracting(StageRow::denied).isEqualTo(3L);
    assertThat(stage(row, "governor").denied()).as("no hold, nothing old").isEqualTo(1);
    assertThat(stage(row, "governor").recorded()).as("the hold").isEqualTo(1);
    assertThat(stage(row, "portfolio-gate").granted()).isEqualTo(1);
    assertThat(stage(row, "universe").lastAtMs()).isNull();
    assertThat(row.topics())
        .filteredOn(each -> each.topic().equals("quantum.trade.intent"))
        .extracting(TopicRow::records)
        .containsExactly(2L);
  }

  private static StageRow stage(PipelineRow row, String name) {
    return row.stages().stream()
        .filter(each -> each.stage().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldDrawAnEmptyPipeline() {
    PipelineRow row =
        new GivenBook().<PipelineRow>read(pages -> PipelineView.of(pages, List.of(), NOW));

    assertThat(row.clockAgeMs()).isNull();
    assertThat(row.intentToPlanMs()).isNull();
    assertThat(row.planToResultMs()).isNull();
    assertThat(row.stages()).hasSize(10).allMatch(stage -> stage.lastCode().isEmpty());
  }
}
