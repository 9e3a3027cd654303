package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.quantumtrader.app.policy.ScheduleVerdict.Apply;
import io.quantumtrader.app.policy.ScheduleVerdict.Holds;
import io.quantumtrader.app.policy.ScheduleVerdict.Refuse;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import io.quantumtrader.topology.decision.schedule.ScheduleConditions.Subject;
import io.quantumtrader.topology.decision.schedule.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a change that is due, and how it is told. */
final class ScheduleVerdictTest {

  private static final long NOW = 1_763_546_400_000L;

  private final List<PolicyVersion> records = new ArrayList<>();

  static PolicySchedule.Builder schedule(String name, String... changes) {
    return PolicySchedule.newBuilder()
        .setScheduleId("0a1b2c3d")
        .setName(name)
        .setChanges(List.of(changes))
        .setReason("ramp")
        .setScheduledBy("dora")
        .setCreatedAtMs(NOW)
        .setState(PolicyScheduleState.WAITING);
  }

  private ScheduleVerdict verdict(PolicySchedule.Builder schedule, PortfolioState... states) {
    return ScheduleVerdict.of(
        schedule.build(),
        new PolicyHistory(records, records.size()),
        AccountStates.of(List.of(states), List.of()),
        NOW + 5);
  }

  private void record(Policy policy) {
    records.add(
        new PolicyVersion(policy.getName(), records.size(), Optional.of(policy), "me", "why", NOW));
  }

  private static Policy.Builder policy(String name, long version) {
    return Policy.newBuilder().setName(name).setVersion(version);
  }

  private static PortfolioState holds(String account, int positions) {
    return PortfolioState.newBuilder(Portfolio.unknown(account))
        .setAsOfMs(NOW)
        .setOpenPositions(positions)
        .build();
  }

  @Test
  void shouldChangeTheNamedThresholdsAloneOfWhatHoldsThen() {
    // given a policy that has changed since the change was scheduled
    record(policy("default", 3).setMaxPositions(10).setMaxExposure(0.5).setHaltMs(7).build());

    // when
    Policy applied =
        ((Apply) verdict(schedule("default", "maxPositions=20", "heatMode=shadow"))).policy();

    // then
    assertThat(applied)
        .isEqualTo(
            policy("default", 4)
                .setMaxPositions(20)
                .setMaxExposure(0.5)
                .setHaltMs(7L)
                .setHeatMode("shadow")
                .setCreatedAtMs(NOW + 5)
                .setNote("ramp (schedule 0a1b2c3d)")
                .build());
  }

  @Test
  void shouldBeginAnAccountsOwnPolicyFromTheDefault() {
    // given
    record(policy("default", 3).setMaxExposure(0.5).build());

    // when
    Policy applied = ((Apply) verdict(schedule("anna", "maxPositions=20"))).policy();

    // then
    assertThat(applied.getName()).isEqualTo("anna");
    assertThat(applied.getVersion()).isEqualTo(1);
    assertThat(applied.getMaxPositions()).isEqualTo(20);
    assertThat(applied.getMaxExposure()).isEqualTo(0.5);
  }

  @Test
  void shouldWriteNoVersionWhereItHoldsAlready() {
    record(policy("default", 3).setMaxPositions(20).build());

    assertThat(verdict(schedule("default", "maxPositions=20"))).isEqualTo(new Holds(3));
    assertThat(verdict(schedule("anna", "maxPositions=20"))).isEqualTo(new Holds(3));
    records.clear();
    assertThat(verdict(schedule("default", "maxPositions=10"))).isInstanceOf(Apply.class);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true", "4, true"})
  void shouldRefuseWithTheNumbersWhereMoreIsOpenThanItWouldAllow(int most, boolean applied) {
    // given
    record(policy("default", 1).build());
    String change = "maxPositions=" + most;

    // when
    ScheduleVerdict verdict = verdict(schedule("default", change), holds("anna", 3));

    // then
    if (applied) {
      assertThat(verdict).isInstanceOf(Apply.class);
    } else {
      assertThat(((Refuse) verdict).why())
          .startsWith("1 limit of 1 account exceeded. Account anna (2025-11-19T10:00:00Z, ")
          .contains("3 open positions and reservations, beyond maxPositions = 2 (in force: 10)");
    }
    assertThat(verdict(schedule("default", change).setEvenIfExceeded(true), holds("anna", 3)))
        .isInstanceOf(Apply.class);
  }

  @Test
  void shouldNotHoldWhatIsOpenInOneAccountAgainstAnother() {
    record(policy("default", 1).build());
    record(policy("bert", 1).build());

    assertThat(verdict(schedule("bert", "maxPositions=2"), holds("anna", 3), holds("bert", 2)))
        .isInstanceOf(Apply.class);
    assertThat(verdict(schedule("default", "maxPositions=2"), holds("bert", 3)))
        .isInstanceOf(Apply.class);
  }

  @Test
  void shouldRefuseWhatBreaksARuleOfThen() {
    // given a threshold that was lowered since, below which another has to be
    record(policy("default", 1).setHeatHot(0.3).build());

    assertThat(((Refuse) verdict(schedule("default", "heatWarm=0.5", "maxPositions=0"))).why())
        .contains("maxPositions = 0 is below 1")
        .contains("heatWarm = 0.5 must be below heatHot = 0.3");
    assertThat(((Refuse) verdict(schedule("default", "maxPosition=3"))).why())
        .contains("the nearest is maxPositions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"builtin", "No Name", "*", ""})
  void shouldRefuseWhatIsNoKeyOfThePolicy(String name) {
    record(policy("default", 1).build());

    assertThat(((Refuse) verdict(schedule(name, "maxPositions=3"))).why())
        .isEqualTo("'" + name + "' is neither default nor an account's name.");
  }

  @Test
  void shouldCutWhatHasTooManyWords() {
    record(policy("default", 1).build());
    PortfolioState[] many =
        Stream.iterate(0, i -> i < 100, i -> i + 1)
            .map(i -> holds("account-" + i, 3))
            .toArray(PortfolioState[]::new);

    assertThat(((Refuse) verdict(schedule("default", "maxPositions=2"), many)).why())
        .startsWith("100 limits of 100 accounts exceeded.")
        .hasSizeLessThan(ScheduleVerdict.MOST_WORDS + 10)
        .endsWith(" ...");
  }

  @Test
  void shouldCountTheAccountsItAppliesToAlone() {
    record(policy("default", 1).setEquityMaxAgeMs(1_000).build());
    record(policy("own", 1).setEquityMaxAgeMs(2_000).build());
    PolicyHistory history = new PolicyHistory(records, 2);
    AccountStates states = AccountStates.of(List.of(holds("own", 1), holds("plain", 1)), List.of());

    assertThat(ScheduleVerdict.subjects("default", history, states))
        .extracting(Subject::state, each -> each.policy().getEquityMaxAgeMs())
        .containsExactly(tuple(holds("plain", 1), 1_000L));
    assertThat(ScheduleVerdict.subjects("own", history, states))
        .extracting(Subject::state, each -> each.policy().getEquityMaxAgeMs())
        .containsExactly(tuple(holds("own", 1), 2_000L));
  }

  @Test
  void shouldTellWhatWaitsAndWhatIsOver() {
    PolicySchedule.Builder schedule =
        schedule("default", "maxPositions=20").setAtMs(NOW + 1000).setDrawdownAtMost(0.05);

    assertThat(ScheduleText.brief(schedule.build()))
        .isEqualTo(
            "0a1b2c3d changes default to maxPositions=20 at 2025-11-19T10:00:01Z, with drawdown at"
                + " most 5 %");
    assertThat(
            ScheduleText.lines(
                schedule.build(), List.of(new Unmet(Unmet.Kind.TRADES, "", "3 trades", "1"))))
        .containsExactly(
            "0a1b2c3d  default  maxPositions=20",
            "  at 2025-11-19T10:00:01Z, with drawdown at most 5 %",
            "  scheduled 2025-11-19T10:00:00Z, by dora: ramp",
            "  WAITING for 3 trades (now 1)");
    assertThat(
            ScheduleText.lines(
                    schedule
                        .setState(PolicyScheduleState.WITHDRAWN)
                        .setEndedAtMs(NOW)
                        .setEndedBy("max")
                        .setOutcome("a bad week")
                        .build(),
                    List.of())
                .getLast())
        .isEqualTo("  WITHDRAWN at 2025-11-19T10:00:00Z, by max: a bad week");
    assertThat(
            ScheduleText.ended(
                schedule
                    .setState(PolicyScheduleState.APPLIED)
                    .setVersion(4)
                    .setEndedBy("")
                    .setOutcome("")
                    .build()))
        .isEqualTo("APPLIED as version 4 at 2025-11-19T10:00:00Z");
  }
}
