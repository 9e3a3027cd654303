package io.quantumtrader.schemas.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of each threshold, and what has to fit together. */
final class PolicyRulesTest {

  @Test
  void shouldHaveABoundForEveryThreshold() {
    for (Schema.Field field : PolicyFields.all()) {
      assertThat(PolicyRules.bound(field.name()).text()).as(field.name()).isNotBlank();
    }
    assertThat(PolicyFields.all()).hasSize(Policy.getClassSchema().getFields().size() - 4);
  }

  @Test
  void shouldTakeWhatTheSchemaHasAsDefaults() {
    assertThat(PolicyRules.violations(Policies.builtin())).isEmpty();
    assertThat(PolicyRules.violations(Policies.initial(1))).isEmpty();
  }

  /** One step below the smallest, the smallest, the largest, one step above. */
  @ParameterizedTest
  @CsvSource({
    "intentMaxAgeMs, 0, 1, 86400000, 86400001",
    "futureToleranceMs, -1, 0, 3600000, 3600001",
    "dedupeMs, 3599999, 3600000, 604800000, 604800001",
    "stateMaxIntervals, 0, 0.001, 1000, 1000.001",
    "stateGraceMs, -1, 0, 3600000, 3600001",
    "churnMs, -1, 0, 604800000, 604800001",
    "leverageDefault, 0.999, 1, 125, 125.001",
    "leverageMax, 0.999, 1, 125, 125.001",
    "volatilityFactor, 0, 0.001, 100, 100.001",
    "stopMinPct, 0, 0.0001, 1, 1.0001",
    "stopMaxPct, 0, 0.0001, 1, 1.0001",
    "stopDefaultPct, 0, 0.0001, 1, 1.0001",
    "adoptedStopPct, 0, 0.0001, 1, 1.0001",
    "atrStopMinPct, -0.0001, 0, 1, 1.0001",
    "atrStopMaxPct, 0, 0.0001, 1, 1.0001",
    "rewardRatio, 0, 0.001, 1000, 1000.001",
    "killOpenThreshold, -0.001, 0, 1, 1.001",
    "killScaleAlpha, 0, 0.001, 100, 100.001",
    "killScaleFloor, -0.001, 0, 1, 1.001",
    "killSigmaRef, 0, 0.0001, 10, 10.001",
    "killTsRef, 0, 0.0001, 100, 100.001",
    "maxNotionalPerOrder, 0, 0.01, 1000000000000, 1000000000000.01",
    "maxSymbolShare, 0, 0.001, 125, 125.001",
    "entriesPerHour, -1, 0, 3600, 3601",
    "entriesPerFiveMinutes, -1, 0, 300, 301",
    "maxPositions, 0, 1, 1000, 1001",
    "maxExposure, 0, 0.001, 125, 125.001",
    "minMarginRatio, -0.001, 0, 100, 100.001",
    "maxDailyLoss, 0, 0.001, 1, 1.001",
    "maxDrawdown, 0, 0.001, 1, 1.001",
    "maxConsecutiveLosses, 0, 1, 1000, 1001",
    "haltMs, -1, 0, 604800000, 604800001",
    "equityMaxAgeMs, 999, 1000, 86400000, 86400001",
    "permitMs, 999, 1000, 3600000, 3600001",
    "riskDataMs, 59999, 60000, 604800000, 604800001",
    "reservationReportMs, 999, 1000, 604800000, 604800001",
    "candleMaxJump, 0, 0.001, 10, 10.001",
    "candleMaxGap, 0.999, 1, 1000, 1000.001",
    "universeSize, 0, 1, 500, 501",
    "universeMinSigma, -0.001, 0, 10, 10.001",
    "universeMinTs, -0.001, 0, 100, 100.001",
    "harvestCostBps, -0.001, 0, 1000, 1000.001",
    "harvestLockR, 0, 0.001, 1000, 1000.001",
    "harvestBreakEvenPlus, -0.0001, 0, 0.5, 0.5001",
    "harvestTrailR, 0, 0.001, 1000, 1000.001",
    "killThreshold, -0.001, 0, 1, 1.001",
    "proposalStepR, 0, 0.001, 100, 100.001",
    "proposalHeartbeatMs, 0, 1, 86400000, 86400001",
    "heatWarm, 0, 0.001, 1000, 1000.001",
    "heatHot, 0, 0.001, 1000, 1000.001",
    "unstableKillScore, -0.001, 0, 1, 1.001",
    "profitOverrideR, -0.001, 0, 1000, 1000.001",
    "liquidationGuardRatio, -0.001, 0, 100, 100.001",
    "liquidationTargetRatio, -0.001, 0, 100, 100.001"
  })
  void shouldHoldEachNumberBetweenItsBounds(
      String field, String below, String lowest, String highest, String above) {
    assertThat(wrongBound(field, below)).as("below").isTrue();
    assertThat(wrongBound(field, lowest)).as("lowest").isFalse();
    assertThat(wrongBound(field, highest)).as("highest").isFalse();
    assertThat(wrongBound(field, above)).as("above").isTrue();
  }

  /** Whether the value breaks the field's own bound; what it does to others is not asked here. */
  private static boolean wrongBound(String field, String value) {
    return violations(field + "=" + value).stream()
        .anyMatch(
            each ->
                each.key().equals(field)
                    && each.text().startsWith(field + " = " + value + " is")
                    && each.text().contains("; allowed: "));
  }

  /** Below the other field, the same, above it: which of the three are wrong. */
  @ParameterizedTest
  @CsvSource({
    "intentMaxAgeMs, dedupeMs, 3599999, 3600000, 3600001, false, true",
    "leverageDefault, leverageMax, 2, 3, 4, false, true",
    "stopMinPct, stopMaxPct, 0.03, 0.05, 0.07, false, true",
    "stopMinPct, stopDefaultPct, 0.01, 0.02, 0.03, false, true",
    "stopDefaultPct, stopMaxPct, 0.01, 0.02, 0.03, false, true",
    "atrStopMinPct, atrStopMaxPct, 0.01, 0.02, 0.03, false, true",
    "permitMs, reservationReportMs, 1000, 2000, 3000, false, true",
    "heatWarm, heatHot, 0.2, 0.3, 0.4, true, true",
    "liquidationGuardRatio, liquidationTargetRatio, 0.1, 0.2, 0.3, false, true"
  })
  void shouldHoldWhatHasToFitTogether(
      String smaller,
      String larger,
      String below,
      String same,
      String above,
      boolean sameIsWrong,
      boolean aboveIsWrong) {
    assertThat(doesNotFit(smaller, below, larger, same)).as("below").isFalse();
    assertThat(doesNotFit(smaller, same, larger, same)).as("same").isEqualTo(sameIsWrong);
    assertThat(doesNotFit(smaller, above, larger, same)).as("above").isEqualTo(aboveIsWrong);
  }

  private static boolean doesNotFit(String small, String value, String large, String other) {
    String has = sayBelow(small) ? "below" : "at most";
    return violations(small + "=" + value, large + "=" + other).stream()
        .map(Violation::text)
        .anyMatch(
            text ->
                text.startsWith(
                    "%s = %s must be %s %s = %s, otherwise "
                        .formatted(small, value, has, large, other)));
  }

  private static boolean sayBelow(String small) {
    return small.equals("heatWarm");
  }

  @Test
  void shouldTestEveryRelation() {
    // A new one belongs into the table above.
    assertThat(PolicyRules.relations()).hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heatMode=enforce",
        "heatMode=shadow",
        "closePolicy=hold_when_unstable",
        "closePolicy=profit_override",
        "closePolicy=risk_first",
        "allowUpsize=TRUE",
        "allowUpsize=false",
        "harvestRungs=1,1,1",
        "harvestRungs=1, 2.5, 1000",
        "harvestShares=1,0.5,0.01",
        "allowedSymbols=",
        "allowedSymbols=BTCUSDT,BTCUSDT_260327,币安人生USDT",
        "maxSymbolShare=0.3333333333333333",
        "killSigmaRef=0.000000000000000001"
      })
  void shouldTakeWhatIsInTheClosedLists(String assignment) {
    assertThat(violations(assignment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heatMode=ENFORCE",
        "heatMode=",
        "closePolicy=hold",
        "allowUpsize=yes",
        "harvestRungs=1,2",
        "harvestRungs=1,2,3,4",
        "harvestRungs=2,1,3",
        "harvestRungs=0,1,2",
        "harvestRungs=1,2,1001",
        "harvestRungs=1,,2",
        "harvestRungs=",
        "harvestShares=0,0.5,1",
        "harvestShares=0.5,0.5,1.01",
        "allowedSymbols=BTC/USDT",
        "allowedSymbols=BTCUSDT,",
        "allowedSymbols=BTCUSDT,BTCUSDT",
        "universeCore=A234567890B234567890C234567890D23",
        "maxExposure=NaN",
        "maxExposure=1e400",
        "maxExposure=",
        "maxExposure=0,8",
        "maxSymbolShare=0.3333333333333333151",
        "killSigmaRef=0.0000000000000000001",
        "maxPositions=2.5",
        "maxPositions=3000000000",
        "maxPositions=99999999999999999999",
        "permitMs=60s"
      })
  void shouldRefuseWhatIsNone(String assignment) {
    String field = assignment.substring(0, assignment.indexOf('='));
    assertThat(violations(assignment))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.key()).isEqualTo(field);
              assertThat(each.text()).startsWith(field + " = ").contains("; allowed: ");
            });
  }

  @Test
  void shouldNotTakeNumbersOfARecordThatAreNone() {
    // given: what no text can say, but bytes can
    Policy policy = Policy.newBuilder().setMaxExposure(Double.NaN).setHeatHot(1 / 0.0).build();

    // then
    assertThat(PolicyRules.violations(policy))
        .extracting(Violation::text)
        .satisfiesExactly(
            text -> assertThat(text).startsWith("maxExposure = NaN is not a finite number"),
            text -> assertThat(text).startsWith("heatHot = Infinity is not a finite number"));
    assertThat(PolicyRules.isValid(policy)).isFalse();
  }

  @Test
  void shouldHoldTheListsOfSymbolsToTheirLength() {
    String most = String.join(",", IntStream.range(0, 500).mapToObj(each -> "S" + each).toList());
    assertThat(violations("allowedSymbols=" + most)).isEmpty();
    assertThat(violations("allowedSymbols=" + most + ",ONEMORE")).hasSize(1);
  }

  private static List<Violation> violations(String... assignments) {
    return PolicyChange.of(List.of(assignments)).on(Policies.builtin()).violations();
  }
}
