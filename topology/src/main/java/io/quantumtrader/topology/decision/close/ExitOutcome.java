package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Sides;
import java.util.Optional;

/** What the final result of an exit plan means for the next plan for the same exit. */
public final class ExitOutcome {

  private ExitOutcome() {}

  /**
   * Returns what to remember of the exit after the final result of its last plan: one attempt more
   * where it did not do what it was for, so that the next plan has another id. Empty where there is
   * nothing to remember, because the position is gone.
   *
   * @param row ledger row after the result
   * @param nowMs the account's clock, epoch ms
   */
  public static Optional<ExitAttempt> after(
      OpenPlan plan,
      ExitAttempt last,
      ApplyResult result,
      Optional<PositionLedger> row,
      long nowMs) {
    Optional<PositionLedger> open =
        row.filter(Sides::isOpen).filter(each -> each.getPositionId().equals(plan.getPositionId()));
    if (open.isEmpty()) {
      return Optional.empty();
    }
    return isDone(plan, result, open.get())
        ? Optional.of(last)
        : Optional.of(
            Copies.of(last, ExitAttempt.newBuilder())
                .setAttempt(last.getAttempt() + 1)
                .setPlanId("")
                .setAtMs(nowMs)
                .build());
  }

  private static boolean isDone(OpenPlan plan, ApplyResult result, PositionLedger open) {
    return result.getOutcome() == ResultOutcome.PROTECTED
        || (plan.getTrigger() == ExitTrigger.RUNG && open.getRungsTaken().contains(plan.getRung()));
  }
}
