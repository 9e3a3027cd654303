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
final class ClockInSubtopologyTest {

  private static final long YEAR_9999 = 253_370_764_800_000L;
  private static final String OTHER = "main2";

  @TempDir Path directory;
  private AccountDriver driver;
  private long wallMs = NOON + 60_000;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory, () -> wallMs).open();
    driver.exchange(Given.exchange(OTHER, "10000", NOON));
    driver.drain();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private KeyValueStore<String, Long> clockStore() {
    return driver.testDriver().getKeyValueStore(Names.CLOCK_STORE);
  }

  private void order(String account) {
    driver.control(
        Control.newBuilder(Given.control(account, TradingState.HALTED))
            .setCloses(List.of(new ManualClose("c1", "", "end", "ops", NOON)))
            .build());
  }

  private void hold(String account) {
    driver.result(
        Given.result(BTC, OrderSide.BUY, Given.fill("f-" + account, "0.02", "71000"))
            .setResultId("r-" + account)
            .setAccount(account));
    driver.drain();
  }

  @ParameterizedTest
  @CsvSource({"1763553664999,", "1763553665000,", "1763553665001,CLOCK_IN_FUTURE"})
  void shouldTakeAStepUpToTheToleranceAheadOfTheWallClock(long stepMs, String reason) {
    // when
    driver.clock(stepMs);

    // then
    boolean refused = reason != null;
    assertThat(driver.reasons()).isEqualTo(refused ? List.of(reason) : List.of());
    assertThat(driver.passed()).isEqualTo(refused ? List.of() : List.of(stepMs));
    assertThat(clockStore().get("now")).isEqualTo(refused ? NOON : stepMs);
    assertThat(driver.settings().clock().nowMs()).hasValue(refused ? NOON : stepMs);
  }

  @ParameterizedTest
  @ValueSource(longs = {YEAR_9999, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void shouldDecideAsBeforeAfterAStepThatCannotBeBelieved(long stepMs) {
    // when
    driver.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);
    List<String> reasons = driver.reasons();

    // then
    assertThat(reasons).containsExactly(stepMs < 0 ? "TIME_INVALID" : "CLOCK_IN_FUTURE");
    assertThat(driver.passed()).isEmpty();
    assertThat(driver.portfolios()).isEmpty();
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(driver.plans().get(0).getPermit().getGrantedAtMs()).isEqualTo(NOON);
    driver.clock(NOON + 1_000);
    assertThat(driver.passed()).containsExactly(NOON + 1_000);
  }

  @Test
  void shouldRefuseAClockWhoseRecordIsAheadOfTheWallClock() {
    // when
    driver.send(Topic.CLOCK, Clock.class, "0", Given.clock(NOON + 1_000), wallMs + 5_001);

    // then
    assertThat(driver.reasons()).containsExactly("TIME_INVALID");
    assertThat(clockStore().get("now")).isEqualTo(NOON);
  }

  @Test
  void shouldTakeAResultWhoseRecordIsAheadOfTheWallClock() {
    // when
    driver.send(
        Topic.APPLY_RESULT,
        io.quantumtrader.schemas.avro.ApplyResult.class,
        MAIN,
        Given.result(BTC, OrderSide.BUY, Given.fill("f", "0.02", "71000")).build(),
        YEAR_9999);

    // then
    assertThat(driver.ledgers()).hasSize(1);
    assertThat(driver.records(Topic.DECISION, io.quantumtrader.schemas.avro.Decision.class))
        .allSatisfy(decision -> assertThat(decision.timestamp()).isEqualTo(NOON));
  }

  @Test
  void shouldRefuseTheClockOfAFeedThatAnotherHasTakenOverFrom() {
    // given
    driver.clock(NOON + 1_000, 7);
    assertThat(driver.passed()).containsExactly(NOON + 1_000);

    // when
    driver.clock(NOON + 2_000, 6);
    driver.clock(NOON + 2_000);
    driver.clock(NOON + 2_000, wallMs + 5_001);

    // then
    assertThat(driver.passed()).isEmpty();
    assertThat(driver.reasons())
        .containsExactly("CLOCK_NOT_OF_THE_FEED", "CLOCK_NOT_OF_THE_FEED", "CLOCK_NOT_OF_THE_FEED");
    driver.clock(NOON + 2_000, 7);
    driver.clock(NOON + 3_000, 8);
    assertThat(driver.passed()).containsExactly(NOON + 2_000, NOON + 3_000);
  }

  @Test
  void shouldKnowANewFeedByItsFirstStepThoughTheClockStands() {
    // given: the new feed's machine is a second behind
    driver.clock(NOON + 2_000, 7);
    driver.clock(NOON + 1_000, 8);

    // when
    driver.clock(NOON + 3_000, 7);

    // then
    assertThat(driver.reasons()).containsExactly("CLOCK_NOT_OF_THE_FEED");
    assertThat(clockStore().get("now")).isEqualTo(NOON + 2_000);
  }

  @Test
  void shouldGoByTheStepBeforeWhereItsStoreHoldsOneOfTheFuture() {
    // given: as an older version left it, but for the step before
    driver.plant(Names.CLOCK_STORE, "before", NOON);
    driver.plant(Names.CLOCK_STORE, "now", YEAR_9999);

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
    driver.clock(NOON + 1_000);
    assertThat(clockStore().get("now")).isEqualTo(NOON + 1_000);
    assertThat(driver.passed()).containsExactly(NOON + 1_000);
  }

  @Test
  void shouldGoByTheNextStepWhereItsStoreHoldsNothingToBelieve() {
    // given
    driver.plant(Names.CLOCK_STORE, "now", YEAR_9999);
    driver.plant(Names.CLOCK_STORE, "epoch", YEAR_9999);

    // when
    driver.clock(NOON + 1_000, 5);

    // then
    assertThat(driver.reasons()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON + 1_000);
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldGoBackWithAWallClockThatWasWrong() {
    // given: an hour ahead for three steps, and corrected
    wallMs = NOON + Given.HOUR;
    driver.clock(NOON + Given.HOUR);
    driver.clock(NOON + Given.HOUR + 1_000);
    driver.clock(NOON + Given.HOUR + 2_000);
    wallMs = NOON + 10_000;
    driver.drain();

    // then: by the last step before, then by those that come, which stay back
    assertThat(driver.decide(intent("i")).getAtMs()).isEqualTo(NOON);
    driver.clock(NOON + 10_000);
    driver.clock(NOON + 11_000);
    assertThat(driver.passed()).containsExactly(NOON + 10_000, NOON + 11_000);
    assertThat(driver.decide(intent("j").setCreatedAtMs(NOON + 11_000)).getAtMs())
        .isEqualTo(NOON + 11_000);
  }

  @Test
  void shouldStandWhereTheClockGoesBackWithinWhatTheWallClockAllows() {
    // given
    driver.clock(NOON + 9_000);
    driver.drain();

    // when
    driver.clock(NOON + 8_000);
    driver.clock(NOON + 8_500);

    // then
    assertThat(driver.passed()).isEmpty();
    assertThat(driver.portfolios()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON + 9_000);
    assertThat(driver.reasons()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {YEAR_9999, NOON, NOON - 5_000})
  void shouldObeyFlattenOnAStepThatMovesNothing(long stepMs) {
    // given
    hold(MAIN);
    hold(OTHER);
    order(MAIN);

    // when
    driver.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);

    // then
    List<ApplyPlan> plans = driver.plans();
    assertThat(plans).extracting(ApplyPlan::getAccount).containsExactly(MAIN);
    assertThat(plans.get(0).getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(plans.get(0).getPermit().getGrantedAtMs()).isEqualTo(NOON);
    assertThat(driver.portfolios()).isEmpty();
    driver.send(Topic.CLOCK, Clock.class, "0", Given.clock(stepMs), NOON);
    assertThat(driver.plans()).as("one at a time").isEmpty();
  }

  @Test
  void shouldObeyFlattenWhileTheFeedIsDead() {
    // given
    hold(MAIN);
    driver.clock(NOON + 1_000);
    order(MAIN);
    driver.drain();

    // when
    driver.testDriver().advanceWallClockTime(Duration.ofSeconds(5));
    List<ApplyPlan> early = driver.plans();
    driver.testDriver().advanceWallClockTime(Duration.ofSeconds(5));

    // then
    assertThat(early).isEmpty();
    assertThat(driver.plans())
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.getTrigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
              assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON + 1_000);
            });
    driver.testDriver().advanceWallClockTime(Duration.ofSeconds(60));
    assertThat(driver.plans()).as("one at a time").isEmpty();
  }

  @Test
  void shouldDoNothingElseWhileTheFeedIsDead() {
    // given: what a step of the clock would make due, the liquidation guard among it
    hold(MAIN);
    driver.exchange(Given.exchange(MAIN, "1", NOON));
    driver.drain();

    // when
    driver.testDriver().advanceWallClockTime(Duration.ofMinutes(60));

    // then
    assertThat(driver.plans()).isEmpty();
    assertThat(driver.decisions()).isEmpty();
    assertThat(driver.portfolios()).isEmpty();
    assertThat(clockStore().get("now")).isEqualTo(NOON);
  }

  @Test
  void shouldNotTakeTheFeedForDeadWhileItsClockStands() {
    // given
    hold(MAIN);
    driver.testDriver().advanceWallClockTime(Duration.ofSeconds(9));
    driver.clock(NOON);
    order(MAIN);

    // when
    driver.testDriver().advanceWallClockTime(Duration.ofSeconds(6));

    // then
    assertThat(driver.plans()).isEmpty();
  }

  @Test
  void shouldObeyFlattenWhereThereWasNeverAClock(@TempDir Path another) {
    try (AccountDriver fresh = new AccountDriver(another, () -> wallMs)) {
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
      fresh.testDriver().advanceWallClockTime(Duration.ofSeconds(10));

      // then
      assertThat(fresh.plans())
          .singleElement()
          .satisfies(plan -> assertThat(plan.getPermit().getGrantedAtMs()).isEqualTo(NOON + 7));
    }
  }
}
