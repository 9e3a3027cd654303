package io.quantumtrader.console.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.why.WhyRow.OtherRow;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private static List<Decision> denials() {
    return recording.read(Topic.DECISION).stream()
        .map(RecordedRecord::value)
        .flatMap(value -> value.stream())
        .map(Decision.class::cast)
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .filter(decision -> decision.getVerdict() == Verdict.DENIED)
        .toList();
  }

  @Test
  void shouldTurnEachDenialOfTheDayByTheChangeThatItNames() {
    Map<String, List<String>> tried = new TreeMap<>();
    SoftAssertions all = new SoftAssertions();
    for (Decision denial : denials()) {
      // when
      List<OtherRow> changes = ChangeCheck.of(recording, denial.getDecisionId(), progress -> {});

      // then
      for (OtherRow change : changes) {
        tried
            .computeIfAbsent(denial.getCode(), any -> new ArrayList<>())
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
            Map.of(
                "CHURN_COOLDOWN", List.of("policy churnMs"),
                "EXPOSURE_LIMIT", List.of("policy maxExposure", "intent amount"),
                "INTENT_EXPIRED", List.of("policy intentMaxAgeMs", "intent createdAtMs"),
                "LEVERAGE_OUT_OF_RANGE", List.of("intent leverage"),
                "MARGIN_RATIO_LIMIT", List.of("policy minMarginRatio", "intent amount"),
                "MIN_NOTIONAL", List.of("policy allowUpsize", "intent amount"),
                "POSITION_LIMIT", List.of("policy maxPositions"),
                "RATE_BURST", List.of("policy entriesPerFiveMinutes"),
                "RATE_HOURLY", List.of("policy entriesPerHour"),
                "SYMBOL_NOT_IN_UNIVERSE", List.of("policy allowedSymbols")));
  }

  @Test
  void shouldNameNothingOfADecisionThatIsNotThere() {
    assertThat(ChangeCheck.of(recording, "nothing", progress -> {})).isEmpty();
  }
}
