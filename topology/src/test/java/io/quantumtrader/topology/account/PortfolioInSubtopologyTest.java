package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.result;
import static io.quantumtrader.topology.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock, the wallet and the snapshots, in the whole sub-topology. */
final class PortfolioInSubtopologyTest {

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

  private PositionLedger openPosition() {
    driver.result(result(BTC, OrderSide.BUY, fill("f", "2", "100")));
    PositionLedger row = driver.ledgers().get(0);
    driver.drain();
    return row;
  }

  @Test
  void shouldPublishUnderTheAccountAtTheTimeOfTheClock() {
    // when
    driver.exchange(exchange(MAIN, "9000", NOON + 1));
    driver.clock(NOON + 1);

    // then
    List<TestRecord<String, PortfolioState>> states =
        driver.records(Topic.PORTFOLIO_STATE, PortfolioState.class);
    assertThat(states).hasSize(1);
    assertThat(states.get(0).key()).isEqualTo(MAIN);
    assertThat(states.get(0).timestamp()).isEqualTo(NOON + 1);
    assertThat(states.get(0).value().getEquity()).isEqualTo(dec("9000"));
  }

  @Test
  void shouldReckonWhenTheClockPassesAndNotBefore() {
    // given
    PositionLedger row = openPosition();

    // when
    driver.snapshot(snapshot(row, "130", NOON));
    driver.exchange(exchange(MAIN, "10001", NOON));

    // then
    assertThat(driver.portfolios()).isEmpty();
    driver.clock(NOON + 1);
    assertThat(driver.portfolios().get(0).getEquity()).isEqualTo(dec("10061"));
  }

  private static String equity(Decision decision) {
    return decision.getNumbers().stream()
        .filter(each -> each.getName().equals("equity"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void shouldNotGoBackWithTheClock() {
    // given: a wallet that the next step of the clock would reckon with
    driver.clock(NOON + MINUTE);
    driver.drain();
    driver.exchange(exchange(MAIN, "9000", NOON + MINUTE));

    // when: the clock goes back, and stays there
    driver.clock(NOON + 9);
    driver.clock(NOON + 10);

    // then: nothing was reckoned, and what is decided meanwhile is as of the greatest step
    assertThat(driver.portfolios()).isEmpty();
    Decision decision = driver.decide(intent("i").setCreatedAtMs(NOON + 1));
    assertThat(decision.getAtMs()).isEqualTo(NOON + MINUTE);
    assertThat(equity(decision)).isEqualTo("10000");

    // and it goes on where it was, not from where it went back to
    driver.drain();
    driver.clock(NOON + MINUTE);
    assertThat(driver.portfolios()).isEmpty();
    driver.clock(NOON + MINUTE + 1);
    assertThat(driver.portfolios().getLast().getEquity()).isEqualTo(dec("9000"));
  }

  @Test
  void shouldPublishAHeartbeatEachMinute() {
    // when
    for (int second = 1; second <= 120; second++) {
      driver.clock(NOON + second * 1_000L);
    }

    // then
    assertThat(driver.portfolios()).hasSize(2);
  }

  /** Symbol sub-topologies answer a step in any order; what is published must not depend on it. */
  @Test
  void shouldValueAPositionByASnapshotOnceTheClockHasPassedIt() {
    // given: valued at 110 a minute ago
    PositionLedger row = openPosition();
    driver.snapshot(snapshot(row, "110", NOON));
    driver.clock(NOON + MINUTE);
    PortfolioState before = driver.portfolios().getLast();

    // when: a snapshot of this very step, then a fill elsewhere
    driver.snapshot(snapshot(row, "130", NOON + MINUTE));
    driver.result(result("ETHUSDT", OrderSide.BUY, fill("eth", "1", "10")));
    PortfolioState within = driver.portfolios().getLast();
    driver.clock(NOON + 2 * MINUTE);
    PortfolioState after = driver.portfolios().getLast();

    // then
    assertThat(within.getGrossNotional())
        .isEqualByComparingTo(before.getGrossNotional().add(dec("10")));
    assertThat(after.getGrossNotional())
        .isEqualByComparingTo(before.getGrossNotional().add(dec("50")));
  }

  /** Its first snapshot comes back from another sub-topology, sooner or later within the step. */
  @Test
  void shouldValueAPositionAtItsEntryPriceWhileTheStepLastsThatOpenedIt() {
    // given: a snapshot at a price of before, in the step in which the position was opened
    PositionLedger row = openPosition();
    driver.snapshot(snapshot(row, "110", NOON - MINUTE));

    // when
    driver.result(result("ETHUSDT", OrderSide.BUY, fill("eth", "1", "10")));
    PortfolioState within = driver.portfolios().getLast();
    driver.clock(NOON + MINUTE);
    PortfolioState after = driver.portfolios().getLast();

    // then: 2 at 100 and 1 at 10, then 2 at 110 and 1 at 10
    assertThat(within.getGrossNotional()).isEqualByComparingTo("210");
    assertThat(after.getGrossNotional()).isEqualByComparingTo("230");
  }

  @Test
  void shouldDropTheSnapshotOfAFlatPosition() {
    // given
    PositionLedger row = openPosition();
    driver.snapshot(snapshot(row, "130", NOON));
    KeyValueStore<String, PositionSnapshot> snapshots =
        driver.testDriver().getKeyValueStore(Names.POSITION_SNAPSHOT_STORE);
    assertThat(snapshots.get("main:BTCUSDT|" + NOON)).isNotNull();

    // when
    driver.send(Topic.POSITION_SNAPSHOT, PositionSnapshot.class, "main:BTCUSDT", null, NOON);

    // then
    assertThat(snapshots.get("main:BTCUSDT|" + NOON)).isNull();
  }

  @Test
  void shouldDenyEntriesWhereAPositionIsNotValuedAnyMore() {
    // given
    PositionLedger row = openPosition();
    driver.snapshot(snapshot(row, "100", NOON));
    long later = NOON + 2 * MINUTE + 1;
    driver.exchange(exchange(MAIN, "10000", later));
    driver.state(Given.state("ETHUSDT").setAsOfMs(later).build());
    driver.instrument(Given.instrument("ETHUSDT").build());
    driver.universe(Given.top("ETHUSDT"));

    // when
    driver.clock(later);
    driver.drain();

    // then
    assertThat(driver.decide(intent("i").setSymbol("ETHUSDT").setCreatedAtMs(later)).getCode())
        .isEqualTo("EQUITY_UNKNOWN");
  }

  @Test
  void shouldRecordAHaltOnce() {
    // when
    driver.exchange(exchange(MAIN, "9700", NOON + 1));
    driver.clock(NOON + 1);
    driver.clock(NOON + 2);

    // then
    List<Decision> decisions = driver.decisions();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getCode()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(decisions.get(0).getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decisions.get(0).getStage()).isEqualTo("portfolio");
    assertThat(decisions.get(0).getCauseType()).isEqualTo(CauseType.CLOCK);
  }

  @Test
  void shouldReportAReservationThatIsOverdueOnce() {
    // given
    ApplyPlan plan = driver.plan(intent("i"));
    driver.drain();

    // when
    driver.clock(NOON + 10 * MINUTE);
    assertThat(driver.decisions()).isEmpty();
    driver.clock(NOON + 10 * MINUTE + 1);
    driver.clock(NOON + 10 * MINUTE + 2);

    // then
    List<Decision> decisions = driver.decisions();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getCode()).isEqualTo("RESERVATION_OVERDUE");
    assertThat(decisions.get(0).getPlanId()).isEqualTo(plan.getPlanId());
    assertThat(decisions.get(0).getCauseType()).isEqualTo(CauseType.PLAN);
  }

  @Test
  void shouldStillHoldAReservationThatIsOverdue() {
    // given
    driver.plan(intent("i"));

    // when
    driver.clock(NOON + 10 * HOUR);
    driver.drain();
    driver.clock(NOON + 10 * HOUR + MINUTE);

    // then
    assertThat(driver.portfolios().get(0).getReservations()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheClockGoingWhereAnAccountCannotBeReckoned() {
    // given: a wallet and a profit that together no record can hold
    PositionLedger row = openPosition();
    driver.snapshot(snapshot(row, "49999999999999999999", NOON));
    driver.exchange(exchange(MAIN, "99999999999999999999", NOON));
    driver.exchange(exchange("other", "500", NOON));

    // when
    driver.clock(NOON + 1);

    // then
    assertThat(driver.portfolios()).extracting(PortfolioState::getAccount).containsExactly("other");
    assertThat(driver.decisions()).extracting(Decision::getCode).containsExactly("DECISION_FAILED");
    assertThat(driver.deadLetters()).isEmpty();
  }

  @Test
  void shouldForgetGrantedEntriesThatNoRateCounts() {
    // given
    driver.plan(intent("i"));
    KeyValueStore<String, Long> granted =
        driver.testDriver().getKeyValueStore(Names.GRANTED_ENTRY_STORE);
    assertThat(granted.approximateNumEntries()).isEqualTo(1);

    // when
    driver.clock(NOON + HOUR);

    // then
    assertThat(granted.approximateNumEntries()).isZero();
  }
}
