package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of the clock that nobody should believe, and what does not hang on the clock. */
final class ClockInTheRoomTest {

  private static final long YEAR_9999 = 253_370_764_800_000L;
  private static final String OTHER = "main2";

  @TempDir Path directory;
  private RoomDriver room;
  private long wallMs = NOON + 60_000;

  @BeforeEach
  void openRoom() {
    room = new RoomDriver(directory, () -> wallMs).open();
    room.exchange(Given.exchange(OTHER, "10000", NOON));
    room.drain();
  }

  @AfterEach
  void closeRoom() {
    room.close();
  }

  private KeyValueStore<String, Long> clockStore() {
    return room.driver().getKeyValueStore(Names.CLOCK_STORE);
  }

  private void order(String account) {
    room.control(
        Control.newBuilder(Given.control(account, TradingState.HALTED))
            .setCloses(List.of(new ManualClose("c1", "", "end", "ops", NOON)))
            .build());
  }

  private void hold(String account) {
    room.result(
        Given.result(BTC, OrderSide.BUY, Given.fill("f-" + account, "0.02", "71000"))
            .setResultId("r-" + account)
            .setAccount(account));
    room.drain();
  }

  @ParameterizedTest
  @CsvSource({"1763553664999,", "1763553665000,", "1763553665001,CLOCK_IN_FUTURE"})
  void shouldTakeAStepUpToTheToleranceAheadOfTheWallClock(long stepMs, String reason) {
    // when
    room.clock(stepMs);

    // then
    boolean refused = reason != null;
    assertThat(room.reasons()).isEqualTo(refused ? List.of(reason) : List.of());
    assertThat(room.passed()).isEqualTo(refused ? List.of() : List.of(stepMs));
    assertThat(clockStore().get("now")).isEqualTo(refused ? NOON : stepMs);
    assertThat(room.settings().clock().nowMs()).hasValue(refused ? NOON : stepMs);
  }

  @ParameterizedTest
  @ValueSource(longs = {YEAR_9999, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void shouldDecideAsBeforeAfterAStepThatCannotBeBelieved(long stepMs) {
    // when
    room.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);
    List<String> reasons = room.reasons();

    // then
    assertThat(reasons).containsExactly(stepMs < 0 ? "TIME_INVALID" : "CLOCK_IN_FUTURE");
    assertThat(room.passed()).isEmpty();
    assertThat(room.portfolios()).isEmpty();
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(room.plans().get(0).getPermit().getGrantedAtMs()).isEqualTo(NOON);
    room.clock(NOON + 1_000);
    assertThat(room.passed()).containsExactly(NOON + 1_000);
  }

  @Test
  void shouldRefuseAClockWhoseRecordIsAheadOfTheWallClock() {
    // when
    room.send(Topic.CLOCK, Clock.class, "0", Given.clock(NOON + 1_000), wallMs + 5_001);

    // then
    assertThat(room.reasons()).containsExactly("TIME_INVALID");
    assertThat(clockStore().get("now")).isEqualTo(NOON);
  }

  @Test
  void shouldTakeAResultWhoseRecordIsAheadOfTheWallClock() {
    // when
    room.send(
        Topic.APPLY_RESULT,
        io.quantumtrader.schemas.avro.ApplyResult.class,
        MAIN,
        Given.result(BTC, OrderSide.BUY, Given.fill("f", "0.02", "71000")).build(),
        YEAR_9999);

    // then
    assertThat(room.ledgers()).hasSize(1);
    assertThat(room.records(Topic.DECISION, io.quantumtrader.schemas.avro.Decision.class))
        .allSatisfy(decision -> assertThat(decision.timestamp()).isEqualTo(NOON));
  }

  @Test
  void shouldRefuseTheClockOfAFeedThatAnotherHasTakenOverFrom() {
    // given
    room.clock(NOON + 1_000, 7);
    assertThat(room.passed()).containsExactly(NOON + 1_000);

    // when
    room.clock(NOON + 2_000, 6);
    room.clock(NOON + 2_000);
    room.clock(NOON + 2_000, wallMs + 5_001);

    // then
    assertThat(room.passed()).isEmpty();
    assertThat(room.reasons())
        .containsExactly("CLOCK_NOT_OF_THE_FEED", "CLOCK_NOT_OF_THE_FEED", "CLOCK_NOT_OF_THE_FEED");
    room.clock(NOON + 2_000, 7);
    room.clock(NOON + 3_000, 8);
    assertThat(room.passed()).containsExactly(NOON + 2_000, NOON + 3_000);
  }

  @Test
  void shouldKnowANewFeedByItsFirstStepThoughTheClockStands() {
    // given: the new feed's machine is a second behind
    room.clock(NOON + 2_000, 7);
    room.clock(NOON + 1_000, 8);

    // when
    room.clock(NOON + 3_000, 7);

    // then
    assertThat(room.reasons()).containsExactly("CLOCK_NOT_OF_THE_FEED");
    assertThat(clockStore().get("now")).isEqualTo(NOON + 2_000);
  }

  @Test
  void shouldGoByTheStepBeforeWhereItsStoreHoldsOneOfTheFuture() {
    // given: as an older version left it, but for the step before
    room.plant(Names.CLOCK_STORE, "before", NOON);
    room.plant(Names.CLOCK_STORE, "now", YEAR_9999);

    // then
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    room.clock(NOON + 1_000);
    assertThat(clockStore().get("now")).isEqualTo(NOON + 1_000);
    assertThat(room.passed()).containsExactly(NOON + 1_000);
  }

  @Test
  void shouldGoByTheNextStepWhereItsStoreHoldsNothingToBelieve() {
    // given
    room.plant(Names.CLOCK_STORE, "now", YEAR_9999);
    room.plant(Names.CLOCK_STORE, "epoch", YEAR_9999);

    // when
    room.clock(NOON + 1_000, 5);

    // then
    assertThat(room.reasons()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON + 1_000);
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldGoBackWithAWallClockThatWasWrong() {
    // given: an hour ahead for three steps, and corrected
    wallMs = NOON + Given.HOUR;
    room.clock(NOON + Given.HOUR);
    room.clock(NOON + Given.HOUR + 1_000);
    room.clock(NOON + Given.HOUR + 2_000);
    wallMs = NOON + 10_000;
    room.drain();

    // then: by the last step before, then by those that come, which stay back
    assertThat(room.decide(intent("i")).getAtMs()).isEqualTo(NOON);
    room.clock(NOON + 10_000);
    room.clock(NOON + 11_000);
    assertThat(room.passed()).containsExactly(NOON + 10_000, NOON + 11_000);
    assertThat(room.decide(intent("j").setCreatedAtMs(NOON + 11_000)).getAtMs())
        .isEqualTo(NOON + 11_000);
  }

  @Test
  void shouldStandWhereTheClockGoesBackWithinWhatTheWallClockAllows() {
    // given
    room.clock(NOON + 9_000);
    room.drain();

    // when
    room.clock(NOON + 8_000);
    room.clock(NOON + 8_500);

    // then
    assertThat(room.passed()).isEmpty();
    assertThat(room.portfolios()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON + 9_000);
    assertThat(room.reasons()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {YEAR_9999, NOON, NOON - 5_000})
  void shouldObeyFlattenOnAStepThatMovesNothing(long stepMs) {
    // given
    hold(MAIN);
    hold(OTHER);
    order(MAIN);

    // when
    room.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);

    // then
    List<ApplyPlan> plans = room.plans();
    assertThat(plans).extracting(ApplyPlan::getAccount).containsExactly(MAIN);
    assertThat(plans.get(0).getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(plans.get(0).getPermit().getGrantedAtMs()).isEqualTo(NOON);
    assertThat(room.portfolios()).isEmpty();
    room.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);
    assertThat(room.plans()).as("one at a time").isEmpty();
  }

  @Test
  void shouldObeyFlattenWhileTheFeedIsDead() {
    // given
    hold(MAIN);
    room.clock(NOON + 1_000);
    order(MAIN);
    room.drain();

    // when
    room.driver().advanceWallClockTime(Duration.ofSeconds(5));
    List<ApplyPlan> early = room.plans();
    room.driver().advanceWallClockTime(Duration.ofSeconds(5));

    // then
    assertThat(early).isEmpty();
    assertThat(room.plans())
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
              assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON + 1_000);
            });
    room.driver().advanceWallClockTime(Duration.ofSeconds(60));
    assertThat(room.plans()).as("one at a time").isEmpty();
  }

  @Test
  void shouldDoNothingElseWhileTheFeedIsDead() {
    // given: what a step of the clock would make due, the liquidation guard among it
    hold(MAIN);
    room.exchange(Given.exchange(MAIN, "1", NOON));
    room.drain();

    // when
    room.driver().advanceWallClockTime(Duration.ofMinutes(60));

    // then
    assertThat(room.plans()).isEmpty();
    assertThat(room.decisions()).isEmpty();
    assertThat(room.portfolios()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON);
  }

  @Test
  void shouldNotTakeTheFeedForDeadWhileItsClockStands() {
    // given
    hold(MAIN);
    room.driver().advanceWallClockTime(Duration.ofSeconds(9));
    room.clock(NOON);
    order(MAIN);

    // when
    room.driver().advanceWallClockTime(Duration.ofSeconds(6));

    // then
    assertThat(room.plans()).isEmpty();
  }

  @Test
  void shouldObeyFlattenWhereThereWasNeverAClock(@TempDir Path another) {
    try (RoomDriver fresh = new RoomDriver(another, () -> wallMs)) {
      // given
      fresh.policy(Given.policy().build());
      fresh.instrument(Given.instrument(BTC).build());
      fresh.exchange(Given.exchange(MAIN, "10000", NOON));
      fresh.result(Given.result(BTC, OrderSide.BUY, Given.fill("f", "0.02", "71000")));
      fresh.control(
          Control.newBuilder(Given.control(MAIN, TradingState.ACTIVE))
              .setCloses(List.of(new ManualClose("c1", BTC, "end", "ops", NOON + 7)))
              .build());

      // when
      fresh.driver().advanceWallClockTime(Duration.ofSeconds(10));

      // then
      assertThat(fresh.plans())
          .singleElement()
          .satisfies(plan -> assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON + 7));
    }
  }
}
