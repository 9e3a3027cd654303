package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;

/**
 * Makes the records of the decision log. An id names stage, code, account, cause, the clock and, if
 * it is not the first, which time the cause is decided: unique, and the same in each replay.
 *
 * <p>They can always be written: an id that is too long is told by its hash, and a quantity that is
 * no quantity stands among the numbers alone.
 */
public final class DecisionRecords {

  private DecisionRecords() {}

  /** Returns the record of a refusal. */
  public static Decision denied(Stage stage, Cause cause, Finding denial, Basis basis, long nowMs) {
    return of(stage, Verdict.DENIED, cause, denial.code(), denial.numbers(), basis, nowMs);
  }

  /** Returns the record of a plan. */
  public static Decision granted(
      Stage stage, Cause cause, ReasonCode code, Numbers numbers, Basis basis, long nowMs) {
    return of(stage, Verdict.GRANTED, cause, code, numbers, basis, nowMs);
  }

  /** Returns the record of something worth knowing. */
  public static Decision recorded(
      Stage stage, Cause cause, ReasonCode code, Numbers numbers, Basis basis, long nowMs) {
    return of(stage, Verdict.RECORDED, cause, code, numbers, basis, nowMs);
  }

  private static Decision of(
      Stage stage,
      Verdict verdict,
      Cause cause,
      ReasonCode code,
      Numbers numbers,
      Basis basis,
      long nowMs) {
    return Decision.newBuilder()
        .setDecisionId(id(stage, cause, code, nowMs))
        .setAccount(cause.account())
        .setStage(stage.label())
        .setVerdict(verdict)
        .setCode(code.name())
        .setNumbers(numbers.list())
        .setCauseType(cause.type())
        .setCauseId(Texts.id(cause.id()))
        .setPlanId(cause.planId().map(Texts::id).orElse(null))
        .setSymbol(cause.symbol().map(Texts::id).orElse(null))
        .setSide(cause.side().orElse(null))
        .setQuantity(
            cause.quantity().filter(RecordBounds::fits).map(Decimals::quantity).orElse(null))
        .setPolicyName(basis.policyName())
        .setPolicyVersion(basis.policyVersion())
        .setLookups(basis.lookups())
        .setAtMs(nowMs)
        .build();
  }

  private static String id(Stage stage, Cause cause, ReasonCode code, long nowMs) {
    String id =
        String.join(
            "/",
            stage.label(),
            code.name(),
            cause.account(),
            Texts.id(cause.id()),
            Long.toString(nowMs));
    return cause.occurrence() == 1 ? id : id + "/" + cause.occurrence();
  }
}
