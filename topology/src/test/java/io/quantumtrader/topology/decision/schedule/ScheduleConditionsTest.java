package io.quantumtrader.topology.decision.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradesOf;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions.Subject;
import io.quantumtrader.topology.decision.schedule.Unmet.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each condition one step below, at and above its limit, and what holds none. */
final class ScheduleConditionsTest {

  private static final long NOW = 1_763_546_400_000L;
  private static final long DAY = 86_400_000L;
  private static final long MAX_AGE = 120_000L;

  private static PolicySchedule.Builder schedule() {
    return PolicySchedule.newBuilder()
        .setScheduleId("0a1b2c3d")
        .setName("default")
        .setChanges(List.of("maxPositions=20"))
        .setReason("why")
        .setCreatedAtMs(NOW)
        .setState(PolicyScheduleState.WAITING);
  }

  /** An account of 1000 at its peak and at the begin of the day. */
  private static Subject account(String name, String equity, long trades) {
    PortfolioState state =
        PortfolioState.newBuilder(Portfolio.unknown(name))
            .setAsOfMs(NOW)
            .setEquity(money(equity))
            .setEquityAsOfMs(NOW)
            .setPeakEquity(money("1000"))
            .setDayFirstEquity(money("1000"))
            .setTradeCount(trades)
            .build();
    return new Subject(state, Policy.newBuilder().setEquityMaxAgeMs(MAX_AGE).build());
  }

  private static BigDecimal money(String text) {
    return new BigDecimal(text).setScale(18);
  }

  private static List<Unmet> unmet(PolicySchedule.Builder schedule, long nowMs, Subject... of) {
    return ScheduleConditions.unmet(schedule.build(), Arrays.asList(of), nowMs);
  }

  private static List<Kind> kinds(PolicySchedule.Builder schedule, long nowMs, Subject... of) {
    return unmet(schedule, nowMs, of).stream().map(Unmet::kind).toList();
  }

  @Test
  void shouldBeDueAtOnceWithoutAnyCondition() {
    assertThat(unmet(schedule(), NOW)).isEmpty();
    assertThat(ScheduleConditions.texts(schedule().build()))
        .containsExactly("at the next step of the clock");
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 0", "1, 0"})
  void shouldWaitForItsTime(long offMs, int unmet) {
    assertThat(kinds(schedule().setAtMs(NOW + 5000), NOW + 5000 + offMs))
        .hasSize(unmet)
        .allMatch(Kind.TIME::equals);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 0", "1, 0"})
  void shouldWaitForTheEndOfItsDays(long offMs, int unmet) {
    assertThat(kinds(schedule().setAfterDays(3), NOW + 3 * DAY + offMs))
        .hasSize(unmet)
        .allMatch(Kind.TIME::equals);
  }

  @Test
  void shouldWaitForTheLaterOfTimeAndDays() {
    PolicySchedule.Builder both = schedule().setAfterDays(1);

    assertThat(ScheduleConditions.notBeforeMs(both.setAtMs(NOW + DAY + 1).build()))
        .isEqualTo(NOW + DAY + 1);
    assertThat(ScheduleConditions.notBeforeMs(both.setAtMs(NOW + DAY - 1).build()))
        .isEqualTo(NOW + DAY);
    assertThat(ScheduleConditions.notBeforeMs(schedule().build())).isEqualTo(NOW);
    assertThat(unmet(schedule().setAtMs(NOW + 1000), NOW).getFirst().text())
        .isEqualTo("the time 2025-11-19T10:00:01Z (now 2025-11-19T10:00:00Z)");
  }

  @ParameterizedTest
  @CsvSource({"14, 1", "15, 0", "16, 0"})
  void shouldCountTheTradesOfAllSinceItWasScheduled(long ofBert, int unmet) {
    // given anna had 100 and bert 7 when it was scheduled; carl came later
    PolicySchedule.Builder schedule =
        schedule()
            .setAfterTrades(12)
            .setTradesBefore(List.of(new TradesOf("anna", 100L), new TradesOf("bert", 7L)));

    // when anna closed one and carl three
    List<Unmet> found =
        unmet(
            schedule,
            NOW,
            account("anna", "1000", 101),
            account("bert", "1000", ofBert),
            account("carl", "1000", 3));

    // then
    assertThat(found).extracting(Unmet::kind).hasSize(unmet).allMatch(Kind.TRADES::equals);
    assertThat(found)
        .allSatisfy(each -> assertThat(each.text()).isEqualTo("12 closed trades (now 11)"));
  }

  @Test
  void shouldNotCountAnAccountThatBeganAnewAgainstTheOthers() {
    PolicySchedule.Builder schedule =
        schedule().setAfterTrades(2).setTradesBefore(List.of(new TradesOf("anna", 100L)));

    assertThat(unmet(schedule, NOW, account("anna", "1000", 1), account("bert", "1000", 2)))
        .isEmpty();
    assertThat(unmet(schedule, NOW)).extracting(Unmet::now).containsExactly("0");
  }

  @ParameterizedTest
  @CsvSource({"950.000000000000000001, 0", "950, 0", "949.999999999999999999, 1"})
  void shouldWaitWhileTheDrawdownOfOneIsLarger(String equity, int unmet) {
    assertThat(
            kinds(
                schedule().setDrawdownAtMost(0.05),
                NOW,
                account("anna", "1000", 0),
                account("bert", equity, 0)))
        .hasSize(unmet)
        .allMatch(Kind.DRAWDOWN::equals);
  }

  @ParameterizedTest
  @CsvSource({"980.000000000000000001, 0", "980, 0", "979.999999999999999999, 1"})
  void shouldWaitWhileTheLossOfTheDayIsLarger(String equity, int unmet) {
    assertThat(kinds(schedule().setDailyLossAtMost(0.02), NOW, account("anna", equity, 0)))
        .hasSize(unmet)
        .allMatch(Kind.DAILY_LOSS::equals);
  }

  @Test
  void shouldHoldEachLossAgainstItsOwnFigure() {
    // given one that lost of its peak, and nothing today
    Subject lost =
        new Subject(
            PortfolioState.newBuilder(account("anna", "900", 0).state())
                .setDayFirstEquity(money("900"))
                .build(),
            Policy.newBuilder().build());

    assertThat(kinds(schedule().setDrawdownAtMost(0.05).setDailyLossAtMost(0.05), NOW, lost))
        .containsExactly(Kind.DRAWDOWN);
  }

  @ParameterizedTest
  @CsvSource({"120000, 0", "120001, 1"})
  void shouldNotGoByAnEquityThatIsTooOld(long ageMs, int unmet) {
    assertThat(kinds(schedule().setDrawdownAtMost(0.05), NOW + ageMs, account("anna", "1000", 0)))
        .hasSize(unmet);
  }

  @Test
  void shouldNotTakeWhatIsNotKnownForNoLoss() {
    PolicySchedule.Builder schedule = schedule().setDrawdownAtMost(1.0);
    PortfolioState state = account("anna", "1000", 0).state();
    Policy policy = Policy.newBuilder().build();

    for (PortfolioState unknown :
        List.of(
            Portfolio.unknown("anna"),
            PortfolioState.newBuilder(state).setEquity(null).build(),
            PortfolioState.newBuilder(state).setEquityAsOfMs(null).build(),
            PortfolioState.newBuilder(state).setPeakEquity(null).build(),
            PortfolioState.newBuilder(state).setPeakEquity(money("0")).build())) {
      assertThat(unmet(schedule, NOW, new Subject(unknown, policy)))
          .extracting(Unmet::text)
          .containsExactly("drawdown at most 100 % of anna (now not known)");
    }
    assertThat(unmet(schedule, NOW))
        .extracting(Unmet::text)
        .containsExactly("drawdown at most 100 % (now no account is known)");
    assertThat(kinds(schedule.setDrawdownAtMost(Double.NaN), NOW, account("anna", "1000", 0)))
        .containsExactly(Kind.DRAWDOWN);
  }

  @Test
  void shouldSayEverythingThatItWaitsForWithBothNumbers() {
    PolicySchedule.Builder all =
        schedule()
            .setAtMs(NOW + 1000)
            .setAfterTrades(1)
            .setDrawdownAtMost(0.05)
            .setDailyLossAtMost(0.025);

    assertThat(unmet(all, NOW, account("anna", "949.9999", 0)))
        .extracting(Unmet::text)
        .containsExactly(
            "the time 2025-11-19T10:00:01Z (now 2025-11-19T10:00:00Z)",
            "1 closed trade (now 0)",
            "drawdown at most 5 % of anna (now 5.0001 %)",
            "daily loss at most 2.5 % of anna (now 5.0001 %)");
    assertThat(ScheduleConditions.texts(all.setAfterDays(1).build()))
        .containsExactly(
            "at 2025-11-19T10:00:01Z",
            "after 1 day",
            "after 1 closed trade",
            "drawdown at most 5 %",
            "daily loss at most 2.5 %");
    assertThat(ScheduleConditions.texts(schedule().setAfterDays(2).setAfterTrades(2).build()))
        .containsExactly("after 2 days", "after 2 closed trades");
  }

  @ParameterizedTest
  @EnumSource(PolicyScheduleState.class)
  void shouldWaitInOneStateAlone(PolicyScheduleState state) {
    assertThat(ScheduleConditions.waits(schedule().setState(state).build()))
        .isEqualTo(state == PolicyScheduleState.WAITING);
  }
}
