package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.view.FunnelRow.ReachedRow;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way of the intents that were decided about: how many became plans, orders and fills. Each
 * counts once, however many fills it had. What is still under way counts as far as it has come.
 */
public final class FunnelView {

  private static final String WRONG = "intake";

  private FunnelView() {}

  private static final class Counts {
    private final Set<String> intents = new HashSet<>();
    private final Set<String> planned = new HashSet<>();
    private final Set<String> ordered = new HashSet<>();
    private final Set<String> filled = new HashSet<>();
    private long risk;
    private long wrong;
    private long holds;
  }

  /** Returns the funnel of what is kept of an account and symbol. */
  public static FunnelRow of(Pages pages, Scope scope) {
    Counts counts = new Counts();
    pages
        .streams()
        .oldestFirst(Topic.DECISION)
        .flatMap(record -> record.as(Decision.class).stream())
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .filter(decision -> scope.has(decision.getAccount(), symbol(decision)))
        .forEach(decision -> count(counts, decision));
    Map<String, String> intentOf = new HashMap<>();
    pages
        .streams()
        .oldestFirst(Topic.APPLY_PLAN)
        .flatMap(record -> record.as(ApplyPlan.class).stream())
        .filter(plan -> counts.intents.contains(plan.getIntentId()))
        .forEach(
            plan -> {
              intentOf.put(plan.getPlanId(), plan.getIntentId());
              counts.planned.add(plan.getIntentId());
            });
    pages
        .streams()
        .oldestFirst(Topic.APPLY_RESULT)
        .flatMap(record -> record.as(ApplyResult.class).stream())
        .filter(result -> intentOf.containsKey(result.getPlanId()))
        .forEach(result -> count(counts, intentOf.get(result.getPlanId()), result));
    return row(counts);
  }

  private static String symbol(Decision decision) {
    return decision.getSymbol() == null ? "" : decision.getSymbol();
  }

  private static void count(Counts counts, Decision decision) {
    boolean first = counts.intents.add(decision.getCauseId());
    if (!first || decision.getVerdict() != Verdict.DENIED) {
      return;
    }
    Optional<ReasonCode> code = ReasonCode.named(decision.getCode());
    if (code.filter(each -> each == ReasonCode.INTENT_HOLD).isPresent()) {
      counts.holds++;
    } else if (code.map(ReasonCode::stage).filter(WRONG::equals).isPresent()) {
      counts.wrong++;
    } else {
      counts.risk++;
    }
  }

  private static void count(Counts counts, String intent, ApplyResult result) {
    if (result.getOutcome() == ResultOutcome.SUBMITTING || result.getFill() != null) {
      counts.ordered.add(intent);
    }
    if (result.getFill() != null) {
      counts.filled.add(intent);
    }
  }

  private static FunnelRow row(Counts counts) {
    long intents = counts.intents.size();
    long meant = intents - counts.risk - counts.holds;
    return new FunnelRow(
        List.of(
            new ReachedRow("intents", intents, null),
            step("plans", counts.planned, intents),
            step("orders", counts.ordered, counts.planned.size()),
            step("fills", counts.filled, counts.ordered.size())),
        counts.risk,
        counts.wrong,
        counts.holds,
        meant <= 0 ? null : counts.filled.size() / (double) meant);
  }

  private static ReachedRow step(String name, Set<String> reached, long before) {
    return new ReachedRow(
        name, reached.size(), before == 0 ? null : reached.size() / (double) before);
  }
}
