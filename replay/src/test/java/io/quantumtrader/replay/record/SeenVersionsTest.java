package io.quantumtrader.replay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when a version of a row can have been there, from what decisions saw. */
final class SeenVersionsTest {

  private static final String TABLE = Topic.MARKET_STATE.topicName();

  private final List<RecordedRecord> decisions = new ArrayList<>();

  private void saw(long atMs, String key, Long asOfMs) {
    Decision decision =
        Decision.newBuilder()
            .setDecisionId("d")
            .setAccount("main")
            .setStage("bridge")
            .setVerdict(Verdict.DENIED)
            .setCode("ALREADY_OPEN")
            .setCauseType(CauseType.INTENT)
            .setCauseId("i")
            .setLookups(List.of(new Lookup(TABLE, key, asOfMs, null)))
            .setAtMs(atMs)
            .build();
    decisions.add(
        new RecordedRecord(
            Topic.DECISION,
            0,
            decisions.size(),
            atMs,
            Optional.of("main"),
            List.of(),
            Optional.of(decision),
            Optional.empty()));
  }

  private long notBefore(String key, long asOfMs) {
    return SeenVersions.of(decisions).notBeforeMs(Topic.MARKET_STATE, key, asOfMs);
  }

  @Test
  void shouldBeAfterTheLastDecisionThatSawAnOlderOne() {
    saw(1000, "A", null);
    saw(2000, "A", 1500L);
    saw(3000, "A", 1500L);
    saw(4000, "A", 2500L);

    assertThat(notBefore("A", 1500)).isEqualTo(1000);
    assertThat(notBefore("A", 2500)).isEqualTo(3000);
    assertThat(notBefore("A", 3500)).as("nobody saw it").isEqualTo(4000);
  }

  /** Two tasks have the tables of two instances, of which one lags. */
  @Test
  void shouldNotCountWhoeverSawAnOlderOneLater() {
    saw(2000, "A", 1500L);
    saw(3000, "A", 2500L);
    saw(4000, "A", 1500L);
    saw(5000, "A", 2500L);

    assertThat(notBefore("A", 2500)).isEqualTo(2000);
  }

  @Test
  void shouldBeAnyTimeWhereNobodySawAnOlderOne() {
    saw(2000, "A", 1500L);

    assertThat(notBefore("A", 1500)).isEqualTo(Long.MIN_VALUE);
    assertThat(notBefore("B", 1500)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldTakeBothOfOneStepAsSeenInTheirOrder() {
    saw(2000, "A", 2000L);
    saw(2000, "A", 1000L);

    assertThat(notBefore("A", 2000)).isEqualTo(2000);
  }
}
