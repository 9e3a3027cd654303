package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Plans by their id, and which of them have no final result. Plans and results are on two topics,
 * so a result may be read before its plan.
 */
public final class PlanBook {

  private final int kept;
  private final Map<String, ApplyPlan> plans;
  private final Map<String, ApplyPlan> unfinished = new LinkedHashMap<>();
  private final Set<String> finished;

  /** Plans of which the last result says so, whether the plan itself was read or not. */
  private final Set<String> awaiting = new HashSet<>();

  PlanBook(int kept) {
    this.kept = kept;
    this.plans = Bounded.map(kept);
    this.finished = new HashSet<>();
  }

  void take(ApplyPlan plan) {
    plans.put(plan.getPlanId(), plan);
    if (!finished.remove(plan.getPlanId())) {
      unfinished.put(plan.getPlanId(), plan);
    }
  }

  void take(ApplyResult result) {
    if (result.getOutcome() == ResultOutcome.AWAITING_APPROVAL) {
      awaiting.add(result.getPlanId());
    } else {
      awaiting.remove(result.getPlanId());
    }
    if (!result.getFinalResult() || result.getPlanId().isEmpty()) {
      return;
    }
    if (unfinished.remove(result.getPlanId()) == null
        && !plans.containsKey(result.getPlanId())
        && finished.size() < kept) {
      finished.add(result.getPlanId());
    }
  }

  /** Returns a plan, where it is still known. */
  public Optional<ApplyPlan> plan(String planId) {
    return Optional.ofNullable(plans.get(planId));
  }

  /** Returns the plans of which the executor said last that they wait for a person. */
  public List<ApplyPlan> awaitingApproval() {
    return awaiting.stream().map(unfinished::get).filter(Objects::nonNull).toList();
  }

  /** Returns the plans without a final result, the oldest first. */
  public List<ApplyPlan> unfinished() {
    return List.copyOf(unfinished.values());
  }
}
