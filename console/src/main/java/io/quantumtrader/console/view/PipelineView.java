package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Denials;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import io.quantumtrader.console.view.PipelineRow.StageRow;
import io.quantumtrader.console.view.PipelineRow.TopicRow;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What moves in the pipeline, folded from its topics alone. */
public final class PipelineView {

  private static final long LATELY_MS = 600_000;
  private static final int SAMPLES = 100;

  private PipelineView() {}

  /**
   * Returns the picture.
   *
   * @param readers how far the readers are behind
   * @param wallMs wall time, epoch milliseconds
   */
  public static PipelineRow of(Pages pages, List<ReaderRow> readers, long wallMs) {
    long heardAtMs = pages.clock().heardAtMs();
    return new PipelineRow(
        pages.clock().nowMs(),
        heardAtMs == 0 ? null : Math.max(0, wallMs - heardAtMs),
        Arrays.stream(Topic.values())
            .map(
                topic ->
                    new TopicRow(
                        topic.topicName(),
                        pages.traffic().all(topic),
                        pages.traffic().perSecond(topic, wallMs)))
            .toList(),
        stages(pages),
        List.copyOf(readers),
        median(intentToPlan(pages)),
        median(planToResult(pages)),
        pages.plans().unfinished().size());
  }

  private static List<StageRow> stages(Pages pages) {
    Map<Stage, StageRow> rows = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      rows.put(stage, new StageRow(stage.label(), 0, 0, 0, null, ""));
    }
    Map<String, Stage> byLabel = new HashMap<>();
    rows.keySet().forEach(stage -> byLabel.put(stage.label(), stage));
    long since = pages.clock().nowMs() - LATELY_MS;
    pages
        .streams()
        .newestFirst(Topic.DECISION)
        .flatMap(record -> record.as(Decision.class).stream())
        .filter(decision -> byLabel.containsKey(decision.getStage()))
        .forEach(
            decision ->
                rows.compute(
                    byLabel.get(decision.getStage()),
                    (stage, row) -> counted(row, decision, decision.getAtMs() >= since)));
    return List.copyOf(rows.values());
  }

  private static StageRow counted(StageRow row, Decision decision, boolean lately) {
    long granted = 0;
    long denied = 0;
    long recorded = 0;
    if (lately) {
      if (decision.getVerdict() == Verdict.GRANTED) {
        granted = 1;
      } else if (Denials.isDenial(decision)) {
        denied = 1;
      } else {
        recorded = 1;
      }
    }
    return new StageRow(
        row.stage(),
        row.granted() + granted,
        row.denied() + denied,
        row.recorded() + recorded,
        row.lastAtMs() == null ? Long.valueOf(decision.getAtMs()) : row.lastAtMs(),
        row.lastAtMs() == null ? decision.getCode() : row.lastCode());
  }

  private static List<Long> intentToPlan(Pages pages) {
    Map<String, Long> made = new HashMap<>();
    pages
        .streams()
        .newestFirst(Topic.TRADE_INTENT)
        .flatMap(record -> record.as(TradeIntent.class).stream())
        .limit(10L * SAMPLES)
        .forEach(intent -> made.putIfAbsent(intent.getIntentId(), intent.getCreatedAtMs()));
    List<Long> times = new ArrayList<>();
    Iterator<ApplyPlan> plans =
        pages
            .streams()
            .newestFirst(Topic.APPLY_PLAN)
            .flatMap(record -> record.as(ApplyPlan.class).stream())
            .iterator();
    while (plans.hasNext() && times.size() < SAMPLES) {
      ApplyPlan plan = plans.next();
      Long madeAtMs = made.get(plan.getIntentId());
      if (madeAtMs != null) {
        times.add(Math.max(0, plan.getCreatedAtMs() - madeAtMs));
      }
    }
    return times;
  }

  private static List<Long> planToResult(Pages pages) {
    List<Long> times = new ArrayList<>();
    Iterator<ApplyResult> results =
        pages
            .streams()
            .newestFirst(Topic.APPLY_RESULT)
            .flatMap(record -> record.as(ApplyResult.class).stream())
            .filter(ApplyResult::getFinalResult)
            .iterator();
    while (results.hasNext() && times.size() < SAMPLES) {
      ApplyResult result = results.next();
      pages
          .plans()
          .plan(result.getPlanId())
          .ifPresent(plan -> times.add(Math.max(0, result.getAtMs() - plan.getCreatedAtMs())));
    }
    return times;
  }

  private static Long median(List<Long> times) {
    return times.isEmpty() ? null : times.stream().sorted().toList().get(times.size() / 2);
  }
}
