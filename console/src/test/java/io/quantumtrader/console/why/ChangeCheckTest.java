package io.quantumtrader.console.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.why.WhyRow.OtherRow;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each denial of a recorded day: the change that it names, applied, turns the answer. */
final class ChangeCheckTest {

  @TempDir private static Path directory;
  private static Recording recording;

  @BeforeAll
  static void record() throws Exception {
    recording = DeniedDay.recorded(directory.resolve("day"));
  }

  /** Of an account the last denial with each code: a held close is proposed again and again. */
  private static List<Decision> denials() {
    Map<String, Decision> last = new LinkedHashMap<>();
    recording.read(Topic.DECISION).stream()
        .map(RecordedRecord::value)
        .flatMap(value -> value.stream())
        .map(Decision.class::cast)
        .filter(decision -> decision.getVerdict() == Verdict.DENIED)
        .forEach(decision -> last.put(decision.getAccount() + " " + decision.getCode(), decision));
    return List.copyOf(last.values());
  }

  @Test
  void shouldTurnEachDenialOfTheDayByTheChangeThatItNames() {
    Map<String, Set<String>> tried = new TreeMap<>();
    SoftAssertions all = new SoftAssertions();
    for (Decision denial : denials()) {
      // when
      List<OtherRow> changes = ChangeCheck.of(recording, denial.getDecisionId(), progress -> {});

      // then
      for (OtherRow change : changes) {
        tried
            .computeIfAbsent(denial.getCode(), any -> new TreeSet<>())
            .add(change.of() + " " + change.field());
        all.assertThat(change.turns())
            .as("%s of %s: %s", denial.getCode(), denial.getAccount(), change)
            .isTrue();
        all.assertThat(change.then()).startsWith("GRANTED ");
      }
    }
    all.assertAll();
    assertThat(tried)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("CHURN_COOLDOWN", Set.of("policy churnMs")),
                Map.entry("EQUITY_UNKNOWN", Set.of("policy equityMaxAgeMs")),
                Map.entry("EXPOSURE_LIMIT", Set.of("policy maxExposure", "intent amount")),
                Map.entry("HEAT_HOLD", Set.of("policy closePolicy", "policy profitOverrideR")),
                Map.entry("INTENT_DUPLICATE", Set.of("policy dedupeMs")),
                Map.entry("INTENT_EXPIRED", Set.of("policy intentMaxAgeMs", "intent createdAtMs")),
                Map.entry("LEDGER_FLIP", Set.of("intent amount")),
                Map.entry("LEVERAGE_OUT_OF_RANGE", Set.of("intent leverage")),
                Map.entry("MARGIN_RATIO_LIMIT", Set.of("policy minMarginRatio", "intent amount")),
                Map.entry("MARKET_STATE_STALE", Set.of("policy stateGraceMs")),
                Map.entry("MIN_NOTIONAL", Set.of("policy allowUpsize", "intent amount")),
                Map.entry("MIN_QUANTITY", Set.of("intent amount")),
                Map.entry("POSITION_LIMIT", Set.of("policy maxPositions")),
                Map.entry("PROPOSAL_STALE", Set.of("policy intentMaxAgeMs")),
                Map.entry("RATE_BURST", Set.of("policy entriesPerFiveMinutes")),
                Map.entry("RATE_HOURLY", Set.of("policy entriesPerHour")),
                Map.entry("SYMBOL_NOT_IN_UNIVERSE", Set.of("policy allowedSymbols")),
                Map.entry("TIME_INVALID", Set.of("policy futureToleranceMs", "intent createdAtMs")),
                Map.entry("UNIVERSE_EMPTY", Set.of("policy allowedSymbols"))));
    assertThat(tried.keySet()).isEqualTo(codesThatNameAChange());
  }

  /** Returns the codes for which anything is named where a decision has every number there is. */
  private static Set<String> codesThatNameAChange() {
    List<NumberOf> numbers =
        Stream.of(
                "ageMs",
                "asked",
                "consecutiveLosses",
                "createdAtMs",
                "decidedMsAgo",
                "exposure",
                "flatMs",
                "granted",
                "leverage",
                "marginRatio",
                "maximum",
                "maximumExposure",
                "maximumMs",
                "minimum",
                "minimumMarginRatio",
                "notional",
                "nowMs",
                "open",
                "positions",
                "quantity",
                "rNet",
                "reservations")
            .map(name -> new NumberOf(name, name.equals("ageMs") ? "90" : "7"))
            .toList();
    Decision any = denials().getFirst();
    return Arrays.stream(ReasonCode.values())
        .map(ReasonCode::name)
        .filter(
            code ->
                !Changes.of(
                        Decision.newBuilder(any)
                            .setCode(code)
                            .setSymbol("BTCUSDT")
                            .setNumbers(numbers)
                            .build(),
                        Policies.initial(0),
                        Optional.of(DeniedDay.anIntent()),
                        OptionalDouble.of(10_000))
                    .isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldNameNothingOfADecisionThatIsNotThere() {
    assertThat(ChangeCheck.of(recording, "nothing", progress -> {})).isEmpty();
  }
}
