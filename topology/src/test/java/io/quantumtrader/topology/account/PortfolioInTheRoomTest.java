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

/** The clock, the wallet and the snapshots, in the whole room. */
final class PortfolioInTheRoomTest {

  @TempDir Path directory;
  private RoomDriver room;

  @BeforeEach
  void openRoom() {
    room = new RoomDriver(directory).open();
  }

  @AfterEach
  void closeRoom() {
    room.close();
  }

  private PositionLedger openPosition() {
    room.result(result(BTC, OrderSide.BUY, fill("f", "2", "100")));
    PositionLedger row = room.ledgers().get(0);
    room.drain();
    return row;
  }

  @Test
  void shouldPublishUnderTheAccountAtTheTimeOfTheClock() {
    // when
    room.exchange(exchange(MAIN, "9000", NOON + 1));
    room.clock(NOON + 1);

    // then
    List<TestRecord<String, PortfolioState>> states =
        room.records(Topic.PORTFOLIO_STATE, PortfolioState.class);
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
    room.snapshot(snapshot(row, "130", NOON));
    room.exchange(exchange(MAIN, "10001", NOON));

    // then
    assertThat(room.portfolios()).isEmpty();
    room.clock(NOON + 1);
    assertThat(room.portfolios().get(0).getEquity()).isEqualTo(dec("10061"));
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
    room.clock(NOON + MINUTE);
    room.drain();
    room.exchange(exchange(MAIN, "9000", NOON + MINUTE));

    // when: the clock goes back, and stays there
    room.clock(NOON + 9);
    room.clock(NOON + 10);

    // then: nothing was reckoned, and what is decided meanwhile is as of the greatest step
    assertThat(room.portfolios()).isEmpty();
    Decision decision = room.decide(intent("i").setCreatedAtMs(NOON + 1));
    assertThat(decision.getAtMs()).isEqualTo(NOON + MINUTE);
    assertThat(equity(decision)).isEqualTo("10000");

    // and it goes on where it was, not from where it went back to
    room.drain();
    room.clock(NOON + MINUTE);
    assertThat(room.portfolios()).isEmpty();
    room.clock(NOON + MINUTE + 1);
    assertThat(room.portfolios().getLast().getEquity()).isEqualTo(dec("9000"));
  }

  @Test
  void shouldPublishAHeartbeatEachMinute() {
    // when
    for (int second = 1; second <= 120; second++) {
      room.clock(NOON + second * 1_000L);
    }

    // then
    assertThat(room.portfolios()).hasSize(2);
  }

  /** Symbol rooms answer a step in any order; what is published must not depend on it. */
  @Test
  void shouldValueAPositionByASnapshotOnceTheClockHasPassedIt() {
    // given: valued at 110 a minute ago
    PositionLedger row = openPosition();
    room.snapshot(snapshot(row, "110", NOON));
    room.clock(NOON + MINUTE);
    PortfolioState before = room.portfolios().getLast();

    // when: a snapshot of this very step, then a fill elsewhere
    room.snapshot(snapshot(row, "130", NOON + MINUTE));
    room.result(result("ETHUSDT", OrderSide.BUY, fill("eth", "1", "10")));
    PortfolioState within = room.portfolios().getLast();
    room.clock(NOON + 2 * MINUTE);
    PortfolioState after = room.portfolios().getLast();

    // then
    assertThat(within.getGrossNotional())
        .isEqualByComparingTo(before.getGrossNotional().add(dec("10")));
    assertThat(after.getGrossNotional())
        .isEqualByComparingTo(before.getGrossNotional().add(dec("50")));
  }

  @Test
  void shouldDropTheSnapshotOfAFlatPosition() {
    // given
    PositionLedger row = openPosition();
    room.snapshot(snapshot(row, "130", NOON));
    KeyValueStore<String, PositionSnapshot> snapshots =
        room.driver().getKeyValueStore(Names.POSITION_SNAPSHOT_STORE);
    assertThat(snapshots.get("main:BTCUSDT")).isNotNull();

    // when
    room.send(Topic.POSITION_SNAPSHOT, PositionSnapshot.class, "main:BTCUSDT", null, NOON);

    // then
    assertThat(snapshots.get("main:BTCUSDT")).isNull();
  }

  @Test
  void shouldDenyEntriesWhereAPositionIsNotValuedAnyMore() {
    // given
    PositionLedger row = openPosition();
    room.snapshot(snapshot(row, "100", NOON));
    long later = NOON + 2 * MINUTE + 1;
    room.exchange(exchange(MAIN, "10000", later));
    room.state(Given.state("ETHUSDT").setAsOfMs(later).build());
    room.instrument(Given.instrument("ETHUSDT").build());
    room.universe(Given.top("ETHUSDT"));

    // when
    room.clock(later);
    room.drain();

    // then
    assertThat(room.decide(intent("i").setSymbol("ETHUSDT").setCreatedAtMs(later)).getCode())
        .isEqualTo("EQUITY_UNKNOWN");
  }

  @Test
  void shouldRecordAHaltOnce() {
    // when
    room.exchange(exchange(MAIN, "9700", NOON + 1));
    room.clock(NOON + 1);
    room.clock(NOON + 2);

    // then
    List<Decision> decisions = room.decisions();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getCode()).isEqualTo("DAILY_LOSS_LIMIT");
    assertThat(decisions.get(0).getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decisions.get(0).getStage()).isEqualTo("portfolio");
    assertThat(decisions.get(0).getCauseType()).isEqualTo(CauseType.CLOCK);
  }

  @Test
  void shouldReportAReservationThatIsOverdueOnce() {
    // given
    ApplyPlan plan = room.plan(intent("i"));
    room.drain();

    // when
    room.clock(NOON + 10 * MINUTE);
    assertThat(room.decisions()).isEmpty();
    room.clock(NOON + 10 * MINUTE + 1);
    room.clock(NOON + 10 * MINUTE + 2);

    // then
    List<Decision> decisions = room.decisions();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getCode()).isEqualTo("RESERVATION_OVERDUE");
    assertThat(decisions.get(0).getPlanId()).isEqualTo(plan.getPlanId());
    assertThat(decisions.get(0).getCauseType()).isEqualTo(CauseType.PLAN);
  }

  @Test
  void shouldStillHoldAReservationThatIsOverdue() {
    // given
    room.plan(intent("i"));

    // when
    room.clock(NOON + 10 * HOUR);
    room.drain();
    room.clock(NOON + 10 * HOUR + MINUTE);

    // then
    assertThat(room.portfolios().get(0).getReservations()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheClockGoingWhereAnAccountCannotBeReckoned() {
    // given: a wallet and a profit that together no record can hold
    PositionLedger row = openPosition();
    room.snapshot(snapshot(row, "49999999999999999999", NOON));
    room.exchange(exchange(MAIN, "99999999999999999999", NOON));
    room.exchange(exchange("other", "500", NOON));

    // when
    room.clock(NOON + 1);

    // then
    assertThat(room.portfolios()).extracting(PortfolioState::getAccount).containsExactly("other");
    assertThat(room.decisions()).extracting(Decision::getCode).containsExactly("DECISION_FAILED");
    assertThat(room.deadLetters()).isEmpty();
  }

  @Test
  void shouldForgetGrantedEntriesThatNoRateCounts() {
    // given
    room.plan(intent("i"));
    KeyValueStore<String, Long> granted = room.driver().getKeyValueStore(Names.GRANTED_ENTRY_STORE);
    assertThat(granted.approximateNumEntries()).isEqualTo(1);

    // when
    room.clock(NOON + HOUR);

    // then
    assertThat(granted.approximateNumEntries()).isZero();
  }
}
