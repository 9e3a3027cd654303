package io.quantumtrader.console.why;

import io.quantumtrader.console.Means;
import io.quantumtrader.console.view.DecisionRow.LookupRow;
import io.quantumtrader.console.view.DecisionRow.NumberRow;
import java.util.List;

/** The way of something through the pipeline. */
public record WhyRow(
    @Means("what was asked for") String id,
    @Means("intent, plan, decision, position or symbol") String kind,
    @Means("what became of it, one sentence") String summary,
    @Means("its way, the oldest step first") List<StepRow> steps,
    @Means("what would have had to be other for the last denial to be none")
        List<OtherRow> changes) {

  /** Something that would have had to be other. */
  public record OtherRow(
      @Means("denial that it is about") String decisionId,
      @Means("policy or intent") String of,
      @Means("name of the value") String field,
      @Means("its value") String from,
      @Means("what it would have to be") String to,
      @Means("in words") String words,
      @Means("what was decided when it was tried; empty where it was only reckoned") String then,
      @Means("whether that turns the answer; null where it was only reckoned") Boolean turns) {

    static OtherRow of(String decisionId, Change change) {
      return of(decisionId, change, "", null);
    }

    static OtherRow of(String decisionId, Change change, String then, Boolean turns) {
      return new OtherRow(
          decisionId,
          change.isPolicy() ? "policy" : "intent",
          change.field(),
          change.from(),
          change.to(),
          change.words(),
          then,
          turns);
    }
  }

  /** Returns the same way with other changes: those that were tried. */
  public WhyRow with(List<OtherRow> tried) {
    return new WhyRow(id, kind, summary, steps, List.copyOf(tried));
  }

  /** One step of the way. */
  public record StepRow(
      @Means("when, on the clock, epoch ms UTC") long atMs,
      @Means("time since the step before, ms; null for the first") Long sinceMs,
      @Means("what it is: intent, decision, plan, permit, result, position") String what,
      @Means("GRANTED, DENIED or RECORDED of a decision, the outcome of a result; else empty")
          String verdict,
      @Means("reason code; empty where there is none") String code,
      @Means("in words") String words,
      @Means("policy and version it was decided under; empty where none was asked") String policy,
      @Means("the numbers that led to it") List<NumberRow> numbers,
      @Means("rows that were looked up, with their ages") List<LookupRow> lookups,
      @Means("section of the runbook about the code; empty where there is none") String runbook) {

    StepRow after(Long beforeMs) {
      return new StepRow(
          atMs,
          beforeMs == null ? null : Long.valueOf(Math.max(0, atMs - beforeMs)),
          what,
          verdict,
          code,
          words,
          policy,
          numbers,
          lookups,
          runbook);
    }
  }
}
