package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;

/**
 * The entries that wait for a person, as the committed results say.
 *
 * @param nowMs the clock, epoch milliseconds UTC; 0 where none has come yet
 * @param plans those that wait, oldest first
 * @param ended the last result of each other plan that was seen, by plan id
 */
record WaitingEntries(long nowMs, List<ApplyPlan> plans, Map<String, ApplyResult> ended) {

  private static final Duration READING = Duration.ofSeconds(30);

  /** Permits live for a minute; so far back lies what is of interest, per partition. */
  private static final long BACK = 20_000;

  WaitingEntries {
    plans = List.copyOf(plans);
    ended = Map.copyOf(ended);
  }

  /**
   * Reads them.
   *
   * @throws KafkaException if they cannot be read
   */
  static WaitingEntries read(RunningPipeline pipeline, RecordSerdes serdes) {
    TopicReader topics = new TopicReader(pipeline.kafka(), READING);
    Map<String, ApplyResult> last = new LinkedHashMap<>();
    topics.readLastValues(
        Topic.APPLY_RESULT,
        BACK,
        serdes.of(ApplyResult.class).deserializer(),
        result -> last.put(result.getPlanId(), result));
    Map<String, ApplyPlan> plans = new HashMap<>();
    topics.readLastValues(
        Topic.APPLY_PLAN,
        BACK,
        serdes.of(ApplyPlan.class).deserializer(),
        plan -> plans.put(plan.getPlanId(), plan));
    AtomicLong nowMs = new AtomicLong();
    topics.readLastValues(
        Topic.CLOCK,
        10,
        serdes.of(Clock.class).deserializer(),
        step -> nowMs.accumulateAndGet(step.getNowMs(), Math::max));
    return of(last, plans, nowMs.get());
  }

  /** Returns them from the last result of each plan and the plans. */
  static WaitingEntries of(Map<String, ApplyResult> last, Map<String, ApplyPlan> plans, long now) {
    Map<String, ApplyResult> ended = new HashMap<>(last);
    ended.values().removeIf(WaitingEntries::waits);
    List<ApplyPlan> waiting =
        last.values().stream()
            .filter(WaitingEntries::waits)
            .map(result -> plans.get(result.getPlanId()))
            .filter(plan -> plan != null && plan.getPermit().getExpiresAtMs() > now)
            .sorted(Comparator.comparingLong(plan -> plan.getPermit().getExpiresAtMs()))
            .toList();
    return new WaitingEntries(now, waiting, ended);
  }

  private static boolean waits(ApplyResult result) {
    return result.getOutcome() == ResultOutcome.AWAITING_APPROVAL;
  }

  Optional<ApplyPlan> find(String planId) {
    return plans.stream().filter(plan -> plan.getPlanId().equals(planId)).findFirst();
  }

  /** Returns how long a plan still waits, milliseconds. */
  long leftMs(ApplyPlan plan) {
    return plan.getPermit().getExpiresAtMs() - nowMs;
  }
}
