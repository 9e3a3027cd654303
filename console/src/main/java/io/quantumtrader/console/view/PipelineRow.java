package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.util.List;

/** The pipeline as a picture: how much moves on each edge, and what each stage refuses. */
public record PipelineRow(
    @Means("greatest step of the clock, epoch ms UTC; 0 before the first") long nowMs,
    @Means("wall time since that step was read, ms; null before the first") Long clockAgeMs,
    @Means("what moves on the topics") List<TopicRow> topics,
    @Means("what the stages decided lately") List<StageRow> stages,
    @Means("how far each reader is behind") List<ReaderRow> readers,
    @Means(
            "time from an intent's making to its plan, ms on the clock, median of the last hundred;"
                + " null without one")
        Long intentToPlanMs,
    @Means(
            "time from a plan to its final result, ms on the clock, median of the last hundred;"
                + " null without one")
        Long planToResultMs,
    @Means("plans without a final result") int plansUnderWay) {

  /** A topic. */
  public record TopicRow(
      @Means("its name") String topic,
      @Means("records that were read of it") long records,
      @Means("records a second over the last ten seconds") double perSecond) {}

  /** A stage. */
  public record StageRow(
      @Means("its name") String stage,
      @Means("what it granted in the last ten minutes of the clock") long granted,
      @Means("what it denied in the last ten minutes of the clock") long denied,
      @Means("what else it recorded in the last ten minutes of the clock") long recorded,
      @Means("its last decision, epoch ms UTC; null where none is known") Long lastAtMs,
      @Means("code of its last decision; empty where none is known") String lastCode) {}

  /** A reader of topics. */
  public record ReaderRow(
      @Means("who reads: a consumer group") String reader,
      @Means("committed records that it has not taken yet; null where the broker does not say")
          Long behind) {}
}
