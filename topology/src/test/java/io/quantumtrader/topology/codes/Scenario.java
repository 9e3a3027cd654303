package io.quantumtrader.topology.codes;

import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.function.Consumer;

/**
 * How one code comes about, through the whole topology.
 *
 * @param code the code
 * @param carrier what carries it
 * @param stage stage of the decision that carries it; of a plan's note, the one that grants the
 *     plan
 * @param verdict verdict of that decision
 * @param partitions partitions of the account topics
 * @param given what comes before
 * @param when the step that provokes it
 * @param plans plans of the same step
 */
record Scenario(
    ReasonCode code,
    Carrier carrier,
    String stage,
    Verdict verdict,
    int partitions,
    Consumer<Desk> given,
    Consumer<Desk> when,
    int plans) {

  /** What carries a code. */
  enum Carrier {
    DECISION,
    PLAN_NOTE,
    NOTE,
    CALIBRATION,
    UNIVERSE_LIST,
    DEAD_LETTER
  }

  private static void nothing(Desk desk) {
    // What is there already is enough.
  }

  private static Scenario of(ReasonCode code, Carrier carrier, String stage, Verdict verdict) {
    return new Scenario(
        code,
        carrier,
        stage,
        verdict,
        1,
        Scenario::nothing,
        Scenario::nothing,
        verdict == Verdict.GRANTED ? 1 : 0);
  }

  /** A stage refuses. */
  static Scenario denied(ReasonCode code, String stage) {
    return of(code, Carrier.DECISION, stage, Verdict.DENIED);
  }

  /** A stage grants a plan. */
  static Scenario granted(ReasonCode code, String stage) {
    return of(code, Carrier.DECISION, stage, Verdict.GRANTED);
  }

  /** A stage records something worth knowing. */
  static Scenario recorded(ReasonCode code, String stage) {
    return of(code, Carrier.DECISION, stage, Verdict.RECORDED);
  }

  /** A plan is granted with the code among its notes. */
  static Scenario noted(ReasonCode code, String stage) {
    return of(code, Carrier.PLAN_NOTE, stage, Verdict.GRANTED);
  }

  /** The heat gate writes it beside a proposal. */
  static Scenario calibrated(ReasonCode code, Verdict verdict) {
    return of(code, Carrier.CALIBRATION, "apply-layer", verdict);
  }

  /** A list of symbols is published with the code. */
  static Scenario listed(ReasonCode code) {
    return of(code, Carrier.UNIVERSE_LIST, "", Verdict.RECORDED);
  }

  /** A record ends as a dead letter with the code as its reason. */
  static Scenario buried(ReasonCode code) {
    return of(code, Carrier.DEAD_LETTER, "", Verdict.DENIED);
  }

  /** The note stands in a denial instead: no plan comes of it. */
  Scenario denied() {
    return new Scenario(code, Carrier.NOTE, stage, Verdict.DENIED, partitions, given, when, 0);
  }

  Scenario partitions(int count) {
    return new Scenario(code, carrier, stage, verdict, count, given, when, plans);
  }

  Scenario given(Consumer<Desk> steps) {
    return new Scenario(code, carrier, stage, verdict, partitions, steps, when, plans);
  }

  Scenario when(Consumer<Desk> step) {
    return new Scenario(code, carrier, stage, verdict, partitions, given, step, plans);
  }

  Scenario plans(int count) {
    return new Scenario(code, carrier, stage, verdict, partitions, given, when, count);
  }

  @Override
  public String toString() {
    return code.name();
  }
}
