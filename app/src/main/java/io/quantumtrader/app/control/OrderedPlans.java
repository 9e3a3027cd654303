package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The plans that an operator's order leads to, what came of each, and how it ends by account. */
final class OrderedPlans {

  private final String orderId;
  private final Map<String, Decision> granted = new LinkedHashMap<>();
  private final List<Decision> denied = new ArrayList<>();
  private final Map<String, Decision> ended = new HashMap<>();
  private final Map<String, ApplyResult> results = new HashMap<>();

  OrderedPlans(String orderId) {
    this.orderId = orderId;
  }

  /** Takes a record of the decisions or the results. */
  void take(SpecificRecord record) {
    if (record instanceof ApplyResult result) {
      // It may be read before the decision that names its plan.
      results.put(result.getPlanId(), result);
    } else if (record instanceof Decision decision && isOurs(decision)) {
      if (decision.getVerdict() == Verdict.DENIED) {
        denied.add(decision);
      } else if (decision.getPlanId() != null) {
        granted.put(decision.getPlanId(), decision);
      }
    } else if (record instanceof Decision decision && isOnTheOrder(decision)) {
      ended.put(decision.getAccount(), decision);
    }
  }

  /** A decision whose cause is the order itself, not a position or a plan of it, is the last. */
  private boolean isOnTheOrder(Decision decision) {
    return decision.getCauseType() == CauseType.CONTROL && decision.getCauseId().equals(orderId);
  }

  /** A close larger than one order goes on by itself: each part is asked for by the one before. */
  private boolean isOurs(Decision decision) {
    String cause = decision.getCauseId();
    return switch (decision.getCauseType()) {
      case CONTROL -> cause.startsWith(orderId + "/");
      case PLAN ->
          cause.endsWith("/rest")
              && granted.containsKey(cause.substring(0, cause.length() - "/rest".length()));
      default -> false;
    };
  }

  /** Returns the decisions that granted a plan, in their order. */
  List<Decision> granted() {
    return List.copyOf(granted.values());
  }

  /** Returns the decisions that denied an exit, in their order. */
  List<Decision> denied() {
    return List.copyOf(denied);
  }

  /** Returns the last result of the plan that was granted, if there is one yet. */
  Optional<ApplyResult> resultOf(Decision grant) {
    return Optional.ofNullable(results.get(grant.getPlanId()));
  }

  /** Returns the decision that ended the order in an account, if there is one yet. */
  Optional<Decision> end(String account) {
    return Optional.ofNullable(ended.get(account));
  }

  /** Returns whether every plan has its final result. */
  boolean allFinal() {
    return granted.values().stream()
        .allMatch(each -> resultOf(each).filter(ApplyResult::getFinalResult).isPresent());
  }

  /** Returns why a plan did not do what it was for. */
  String why(Decision grant) {
    return resultOf(grant)
        .map(
            result -> {
              String code = result.getCode().isEmpty() ? "" : " " + result.getCode();
              String message =
                  result.getMessage().isEmpty() ? "" : " (" + result.getMessage() + ")";
              return "the exchange's answer was " + result.getOutcome() + code + message;
            })
        .orElse("plan " + grant.getPlanId() + " has no result yet; does the executor run?");
  }
}
