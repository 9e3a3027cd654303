package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results to ledger and reservations, in the whole sub-topology. */
final class ResultsInSubtopologyTest {

  @TempDir Path directory;
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory).open();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private int rows(String store) {
    int count = 0;
    try (KeyValueIterator<Object, Object> all = driver.testDriver().getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  @Test
  void shouldWriteTheLedgerUnderAccountAndSymbol() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.drain();

    // when
    driver.result(result(plan, fill("f", "0.008", "71010")));

    // then
    List<TestRecord<String, PositionLedger>> ledgers =
        driver.records(Topic.POSITION_LEDGER, PositionLedger.class);
    assertThat(ledgers).hasSize(1);
    assertThat(ledgers.get(0).key()).isEqualTo("main:BTCUSDT");
    assertThat(ledgers.get(0).timestamp()).isEqualTo(NOON);
    PositionLedger row = ledgers.get(0).value();
    assertThat(row.getSide()).isEqualTo(PositionSide.LONG);
    assertThat(row.getQuantity()).isEqualTo(dec("0.008"));
    assertThat(row.getEntryPrice()).isEqualTo(dec("71010"));
    assertThat(row.getLeverage()).isEqualTo(2);
    assertThat(row.getRisk()).isEqualTo(plan.getRisk());
    assertThat(row.getOpenedRegime()).isEqualTo("trend");
    assertThat(row.getLastPlanId()).isEqualTo(plan.getPlanId());
  }

  @Test
  void shouldMovePartFillsFromTheReservationToTheLedger() {
    // given: 0.008 at 71000 and 2x
    ApplyPlan plan = driver.plan(intent("i"));
    driver.drain();

    // when
    driver.result(
        result(plan, fill("f", "0.002", "71000"))
            .setOutcome(ResultOutcome.PARTIALLY_FILLED)
            .setFinalResult(false));
    PortfolioState part = driver.portfolios().get(0);
    driver.result(result(plan, fill("g", "0.006", "71000")));
    PortfolioState whole = driver.portfolios().get(0);

    // then
    assertThat(part.getMarginInUse()).isEqualTo(dec("71"));
    assertThat(part.getMarginReserved()).isEqualTo(dec("213"));
    assertThat(part.getOpenPositions()).isEqualTo(1);
    assertThat(part.getReservations()).isEqualTo(1);
    assertThat(whole.getMarginInUse()).isEqualTo(dec("284"));
    assertThat(whole.getMarginReserved()).isZero();
    assertThat(whole.getReservations()).isZero();
    assertThat(rows(Names.OPEN_PLAN_STORE)).isZero();
  }

  @Test
  void shouldBookEachFillOnce() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.result(result(plan, fill("f", "0.008", "71000")));
    driver.drain();

    // when
    driver.result(result(plan, fill("f", "0.008", "71000")));
    driver.result(result(plan, fill("f", "0.008", "71000")));

    // then
    assertThat(driver.ledgers()).isEmpty();
    List<Decision> decisions = driver.decisions();
    assertThat(decisions).hasSize(2);
    assertThat(decisions).allMatch(decision -> decision.getCode().equals("FILL_DUPLICATE"));
    assertThat(decisions.get(0).getDecisionId()).isNotEqualTo(decisions.get(1).getDecisionId());
    assertThat(decisions.get(0).getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decisions.get(0).getCauseType()).isEqualTo(CauseType.RESULT);
    assertThat(decisions.get(0).getCauseId()).isEqualTo("f");
  }

  @Test
  void shouldTellTheSameFillIdOfTwoSymbolsApart() {
    // when
    driver.result(result(BTC, OrderSide.BUY, fill("7", "1", "100")));
    driver.result(result("ETHUSDT", OrderSide.BUY, fill("7", "1", "100")));

    // then
    assertThat(driver.ledgers()).hasSize(2);
  }

  @Test
  void shouldRememberFillsForADay() {
    // given
    driver.result(result(BTC, OrderSide.BUY, fill("f", "1", "100")));
    driver.drain();

    // when
    driver.clock(NOON + 24 * HOUR - 1);
    driver.result(result(BTC, OrderSide.BUY, fill("f", "1", "100")));
    assertThat(driver.ledgers()).isEmpty();
    driver.clock(NOON + 48 * HOUR);

    // then
    assertThat(rows(Names.SEEN_FILL_STORE)).isZero();
  }

  @Test
  void shouldBookAFillAfterTheFinalResult() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.result(result(plan, null).setOutcome(ResultOutcome.REJECTED).setResultId("rejected"));
    driver.drain();

    // when
    driver.result(result(plan, fill("late", "0.008", "71000")));

    // then: with the risk that the plan had
    PositionLedger row = driver.ledgers().get(0);
    assertThat(row.getQuantity()).isEqualTo(dec("0.008"));
    assertThat(row.getRisk()).isEqualTo(plan.getRisk());
    assertThat(driver.decisions())
        .extracting(Decision::getCode)
        .containsExactly("FILL_WITHOUT_PLAN");
  }

  @Test
  void shouldForgetThePlansRiskAfterADay() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.result(result(plan, null).setOutcome(ResultOutcome.REJECTED).setResultId("rejected"));

    // when
    driver.clock(NOON + 24 * HOUR - 1);
    assertThat(rows(Names.PLANNED_RISK_STORE)).isEqualTo(1);
    driver.clock(NOON + 24 * HOUR);

    // then
    assertThat(rows(Names.PLANNED_RISK_STORE)).isZero();
  }

  @Test
  void shouldKeepThePlansRiskWhileItIsOpen() {
    // given
    driver.plan(intent("i"));

    // when
    driver.clock(NOON + 48 * HOUR);

    // then
    assertThat(rows(Names.PLANNED_RISK_STORE)).isEqualTo(1);
    assertThat(rows(Names.OPEN_PLAN_STORE)).isEqualTo(1);
  }

  @Test
  void shouldGiveAnAdoptedPositionRiskFromTheMarket() {
    // when
    driver.result(
        result(BTC, OrderSide.BUY, fill("f", "1", "71000"))
            .setOrigin(io.quantumtrader.schemas.avro.ResultOrigin.ADOPTED));

    // then
    PositionLedger row = driver.ledgers().get(0);
    assertThat(row.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("69500"));
    assertThat(driver.decisions()).isEmpty();
  }

  @Test
  void shouldPublishCloseAndOpenOfAFlip() {
    // given
    driver.result(result(BTC, OrderSide.BUY, fill("f", "1", "100")));
    driver.drain();

    // when
    driver.result(result(BTC, OrderSide.SELL, fill("g", "3", "90")));

    // then
    List<PositionLedger> rows = driver.ledgers();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).getSide()).isEqualTo(PositionSide.FLAT);
    assertThat(rows.get(0).getRealizedPnl()).isEqualTo(dec("-10"));
    assertThat(rows.get(1).getSide()).isEqualTo(PositionSide.SHORT);
    assertThat(rows.get(1).getQuantity()).isEqualTo(dec("2"));
  }

  @Test
  void shouldSayThatAFillCannotBeBooked() {
    // when
    driver.result(result(BTC, OrderSide.UNRECOGNIZED, fill("f", "1", "100")));
    driver.result(result(BTC, OrderSide.UNRECOGNIZED, fill("f", "1", "100")));

    // then
    List<Decision> decisions = driver.decisions();
    assertThat(decisions).hasSize(2);
    assertThat(decisions).allMatch(decision -> decision.getCode().equals("FILL_INVALID"));
    assertThat(decisions.get(0).getDecisionId()).isNotEqualTo(decisions.get(1).getDecisionId());
    assertThat(driver.ledgers()).isEmpty();
  }

  @Test
  void shouldBookAFillThatCameBrokenBefore() {
    // given
    driver.result(result(BTC, OrderSide.UNRECOGNIZED, fill("f", "1", "100")));

    // when
    driver.result(result(BTC, OrderSide.BUY, fill("f", "1", "100")));

    // then
    assertThat(driver.ledgers()).hasSize(1);
  }

  @Test
  void shouldChangeNothingBeforeTheResultIsFinal() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.drain();

    // when
    driver.result(result(plan, null).setOutcome(ResultOutcome.SUBMITTING).setFinalResult(false));
    driver.result(result(plan, null).setOutcome(ResultOutcome.UNRESOLVED).setFinalResult(false));

    // then
    assertThat(driver.ledgers()).isEmpty();
    assertThat(driver.portfolios()).isEmpty();
    assertThat(driver.decisions()).isEmpty();
    assertThat(rows(Names.OPEN_PLAN_STORE)).isEqualTo(1);
  }

  @Test
  void shouldCountLossesAndRecordTheHalt() {
    // when
    for (int i = 0; i < 3; i++) {
      driver.result(result(BTC, OrderSide.BUY, fill("a" + i, "1", "100")));
      driver.result(result(BTC, OrderSide.SELL, fill("b" + i, "1", "99")));
    }
    driver.clock(NOON + 1000);

    // then
    List<PortfolioState> portfolios = driver.portfolios();
    PortfolioState last = portfolios.get(portfolios.size() - 1);
    assertThat(last.getConsecutiveLosses()).isEqualTo(3);
    assertThat(last.getTradeCount()).isEqualTo(3);
    assertThat(last.getRealizedPnl()).isEqualTo(dec("-3"));
    assertThat(last.getHaltedUntilMs()).isEqualTo(NOON + HOUR);
    List<Decision> halts =
        driver.decisions().stream()
            .filter(decision -> decision.getCode().equals("LOSS_STREAK_LIMIT"))
            .toList();
    assertThat(halts).hasSize(1);
    assertThat(halts.get(0).getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(halts.get(0).getStage()).isEqualTo("portfolio");
  }

  @Test
  void shouldTakeFeesForPartOfALoss() {
    // when: a gain of 1 at a cost of 1.2
    driver.result(result(BTC, OrderSide.BUY, fill("a", "1", "100", "0.6")));
    driver.result(result(BTC, OrderSide.SELL, fill("b", "1", "101", "0.6")));

    // then
    List<PortfolioState> portfolios = driver.portfolios();
    assertThat(portfolios.get(portfolios.size() - 1).getConsecutiveLosses()).isEqualTo(1);
    assertThat(portfolios.get(portfolios.size() - 1).getFees()).isEqualTo(dec("1.2"));
  }

  @Test
  void shouldBookBeforeTheFirstStepOfTheClock() {
    try (AccountDriver early = new AccountDriver(directory.resolve("early"))) {
      // when
      early.result(result(BTC, OrderSide.BUY, fill("f", "1", "100")));

      // then
      assertThat(early.deadLetters()).isEmpty();
      PositionLedger row = early.ledgers().get(0);
      assertThat(row.getUpdatedAtMs()).isZero();
      PortfolioState portfolio = early.portfolios().get(0);
      assertThat(portfolio.getEquity()).isNull();
      assertThat(portfolio.getAccount()).isEqualTo(MAIN);
    }
  }
}
