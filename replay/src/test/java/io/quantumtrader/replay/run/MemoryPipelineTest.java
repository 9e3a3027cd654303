package io.quantumtrader.replay.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.FeedReport;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline without a broker: two accounts on different partitions, the agent, intents in
 * every symbol once there is a universe.
 */
final class MemoryPipelineTest {

  private static final String OTHER = TwoAccounts.OTHER;

  @TempDir private Path directory;
  private CandleFile candles;

  /** What a run left. */
  private static final class Left {
    private final Map<Topic, List<SpecificRecord>> values = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Set<Integer>> partitions = new HashMap<>();
    private StateHash hash;
    private FeedReport report;

    private <T> List<T> of(Topic topic, Class<T> type) {
      return values.getOrDefault(topic, List.of()).stream().map(type::cast).toList();
    }
  }

  @BeforeEach
  void generate() throws Exception {
    candles = Candles.generated(directory, 7, TwoAccounts.MINUTES);
  }

  @Test
  void shouldLeaveTheSameRecordsAndTheSameStateEachTime() throws Exception {
    Left first = run(List.of());
    Left second = run(List.of());

    assertThat(first.report.complete()).isTrue();
    assertThat(second.lines).isEqualTo(first.lines);
    assertThat(second.hash).isEqualTo(first.hash);
    assertThat(first.hash.accounts()).containsOnlyKeys("main", OTHER);
  }

  @Test
  void shouldTakeEachIntentToOneOutcomeAndEachPlanToOneFinalResult() throws Exception {
    Left left = run(List.of());

    Map<String, Integer> outcomes = new HashMap<>();
    left.of(Topic.APPLY_PLAN, ApplyPlan.class).stream()
        .filter(plan -> !plan.getIntentId().isEmpty())
        .forEach(plan -> outcomes.merge(plan.getIntentId(), 1, Integer::sum));
    left.of(Topic.DECISION, Decision.class).stream()
        .filter(each -> each.getCauseType() == CauseType.INTENT)
        .filter(each -> each.getVerdict() == Verdict.DENIED)
        .forEach(each -> outcomes.merge(each.getCauseId(), 1, Integer::sum));
    Set<String> intents = new HashSet<>();
    left.of(Topic.TRADE_INTENT, TradeIntent.class).forEach(each -> intents.add(each.getIntentId()));
    assertThat(outcomes.keySet()).isEqualTo(intents);
    assertThat(outcomes.values()).containsOnly(1);
    Map<String, Integer> finals = new HashMap<>();
    left.of(Topic.APPLY_RESULT, ApplyResult.class).stream()
        .filter(ApplyResult::getFinalResult)
        .filter(each -> !each.getPlanId().isEmpty())
        .forEach(each -> finals.merge(each.getPlanId(), 1, Integer::sum));
    assertThat(left.of(Topic.APPLY_PLAN, ApplyPlan.class))
        .as(codes(left).toString())
        .isNotEmpty()
        .allMatch(plan -> finals.get(plan.getPlanId()) == 1);
  }

  @Test
  void shouldKeepEachAccountOnItsPartitionAndTradeForBoth() throws Exception {
    Left left = run(List.of());

    assertThat(left.partitions)
        .containsEntry("main", Set.of(Accounts.partitionOf("main", 2)))
        .containsEntry(OTHER, Set.of(Accounts.partitionOf(OTHER, 2)));
    assertThat(left.of(Topic.POSITION_LEDGER, PositionLedger.class))
        .extracting(PositionLedger::getAccount)
        .contains("main", OTHER);
    assertThat(left.values).doesNotContainKey(Topic.DEAD_LETTER);
  }

  @Test
  void shouldDecideByThePolicyThatItIsGiven() throws Exception {
    Left strict = run(List.of("maxPositions=1"));

    assertThat(codes(strict)).contains("POSITION_LIMIT");
    assertThat(codes(run(List.of()))).doesNotContain("POSITION_LIMIT");
    assertThat(strict.hash.whole()).isNotEqualTo(run(List.of()).hash.whole());
  }

  @Test
  void shouldTakeTheClockBeforeAnIntentThatWasThereFirst() throws Exception {
    List<Long> times = new ArrayList<>();
    RecordSerdes[] serdes = new RecordSerdes[1];
    try (MemoryPipeline pipeline =
        new MemoryPipeline(
            TwoAccounts.setup(List.of()),
            (partition, entry) -> {
              if (partition.topic().equals(Topic.DECISION.topicName()) && serdes[0] != null) {
                times.add(
                    serdes[0]
                        .of(Decision.class)
                        .deserializer()
                        .deserialize(partition.topic(), entry.value())
                        .getAtMs());
              }
            })) {
      serdes[0] = pipeline.serdes();
      pipeline.settle();
      long atMs = Candles.BEGIN_MS;
      clock(pipeline, atMs);
      pipeline.settle();
      TradeIntent intent = TwoAccounts.entry("main", "AUSDT", atMs + Candles.MINUTE);
      put(pipeline, Topic.TRADE_INTENT, TradeIntent.class, "main", intent, atMs);
      clock(pipeline, atMs + Candles.MINUTE);
      times.clear();
      pipeline.settle();

      assertThat(times).isNotEmpty().containsOnly(atMs + Candles.MINUTE);
    }
  }

  private static void clock(MemoryPipeline pipeline, long atMs) {
    for (int partition = 0; partition < 2; partition++) {
      Clock step = new Clock(atMs, Candles.MINUTE, partition);
      pipeline.put(
          new TopicPartition(Topic.CLOCK.topicName(), partition),
          atMs,
          Integer.toString(partition).getBytes(UTF_8),
          pipeline.serdes().of(Clock.class).serializer().serialize("quantum.clock", step),
          new Header[0]);
    }
  }

  private static <T extends SpecificRecord> void put(
      MemoryPipeline pipeline, Topic topic, Class<T> type, String key, T value, long atMs) {
    pipeline.put(
        new TopicPartition(topic.topicName(), Accounts.partitionOf(key, 2)),
        atMs,
        key.getBytes(UTF_8),
        pipeline.serdes().of(type).serializer().serialize(topic.topicName(), value),
        new Header[0]);
  }

  private static Set<String> codes(Left left) {
    Set<String> codes = new HashSet<>();
    left.of(Topic.DECISION, Decision.class).forEach(each -> codes.add(each.getCode()));
    return codes;
  }

  private Left run(List<String> thresholds) throws Exception {
    Left left = new Left();
    List<Runnable> early = new ArrayList<>();
    RecordSerdes[] serdes = new RecordSerdes[1];
    try (MemoryPipeline pipeline =
        new MemoryPipeline(
            TwoAccounts.setup(thresholds),
            (partition, entry) -> {
              Runnable take =
                  () ->
                      take(
                          left,
                          serdes[0],
                          partition.topic(),
                          partition.partition(),
                          entry.timestampMs(),
                          entry.key(),
                          entry.value());
              if (serdes[0] == null) {
                early.add(take);
              } else {
                take.run();
              }
            })) {
      serdes[0] = pipeline.serdes();
      early.forEach(Runnable::run);
      left.report =
          CandleRun.play(pipeline, candles, TwoAccounts.intents(), new Stop(), progress -> {});
      left.hash = pipeline.stateHash();
    }
    return left;
  }

  private static void take(
      Left left,
      RecordSerdes serdes,
      String topicName,
      int partition,
      long timestampMs,
      byte[] key,
      byte[] value) {
    String keyText = key == null ? "" : new String(key, UTF_8);
    left.lines.add(
        topicName + partition + "@" + timestampMs + keyText + java.util.Arrays.hashCode(value));
    Topic topic = Topic.named(topicName).orElse(null);
    if (topic == null || value == null) {
      return;
    }
    topic
        .valueType()
        .ifPresentOrElse(
            type ->
                left.values
                    .computeIfAbsent(topic, any -> new ArrayList<>())
                    .add(
                        (SpecificRecord)
                            serdes.of(type).deserializer().deserialize(topicName, value)),
            () -> left.values.computeIfAbsent(topic, any -> new ArrayList<>()));
    if (topic == Topic.APPLY_PLAN || topic == Topic.POSITION_LEDGER) {
      left.partitions
          .computeIfAbsent(Accounts.accountOf(keyText), any -> new HashSet<>())
          .add(partition);
    }
  }
}
