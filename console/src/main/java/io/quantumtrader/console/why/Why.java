package io.quantumtrader.console.why;

import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.EquityHistory;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.why.WhyRow.OtherRow;
import io.quantumtrader.console.why.WhyRow.StepRow;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Sides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers <i>why</i>: finds everything that was sent, decided, planned and filled about an id, and
 * puts it in the order of time. Works on whatever the book was read from.
 */
public final class Why {

  /** Of a symbol, the last decisions alone: it has no beginning. */
  private static final int LAST_OF_SYMBOL = 25;

  /** Where two steps have one time, what leads to the other comes first. */
  private static final List<String> ORDER =
      List.of("intent", "plan", "approval", "result", "position");

  private final Pages pages;
  private final Set<String> intents = new LinkedHashSet<>();
  private final Set<String> plans = new LinkedHashSet<>();
  private final List<StepRow> steps = new ArrayList<>();
  private Optional<Decision> denial = Optional.empty();

  private Why(Pages pages) {
    this.pages = pages;
  }

  /**
   * Returns the way of something; empty where nothing is known of it.
   *
   * @param id an intent, a plan, a decision, a position (account:symbol:sequence), or a symbol
   */
  public static Optional<WhyRow> of(Pages pages, String id) {
    Why why = new Why(pages);
    return why.ofOrder(id)
        .or(() -> why.ofDecision(id))
        .or(() -> why.ofPosition(id))
        .or(() -> why.ofSymbol(id.toUpperCase(Locale.ROOT)));
  }

  /** Returns the id of the intent that was decided about last; empty where there is none. */
  public static Optional<String> last(Pages pages) {
    return decisions(pages)
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .map(Decision::getCauseId)
        .findFirst();
  }

  private static Stream<Decision> decisions(Pages pages) {
    return pages
        .streams()
        .newestFirst(Topic.DECISION)
        .flatMap(record -> record.as(Decision.class).stream());
  }

  private Optional<WhyRow> ofOrder(String id) {
    Optional<ApplyPlan> plan = pages.plans().plan(id);
    boolean isIntent =
        intents().anyMatch(intent -> intent.getIntentId().equals(id))
            || decisions(pages)
                .anyMatch(
                    decision ->
                        decision.getCauseType() == CauseType.INTENT
                            && decision.getCauseId().equals(id));
    boolean isPlan =
        plan.isPresent() || decisions(pages).anyMatch(each -> id.equals(each.getPlanId()));
    if (!isIntent && !isPlan) {
      return Optional.empty();
    }
    if (isIntent) {
      intents.add(id);
    }
    if (isPlan) {
      plans.add(id);
      plan.map(ApplyPlan::getIntentId).filter(of -> !of.isEmpty()).ifPresent(intents::add);
      decisions(pages)
          .filter(each -> id.equals(each.getPlanId()))
          .filter(each -> each.getCauseType() == CauseType.INTENT)
          .forEach(each -> intents.add(each.getCauseId()));
    }
    plans()
        .filter(each -> intents.contains(each.getIntentId()))
        .forEach(each -> plans.add(each.getPlanId()));
    collect();
    return Optional.of(row(id, isIntent ? "intent" : "plan"));
  }

  private Optional<WhyRow> ofDecision(String id) {
    Optional<Decision> found =
        decisions(pages).filter(decision -> decision.getDecisionId().equals(id)).findFirst();
    if (found.isEmpty()) {
      List<Decision> about =
          decisions(pages).filter(decision -> decision.getCauseId().equals(id)).toList();
      about.forEach(this::add);
      return about.isEmpty() ? Optional.empty() : Optional.of(row(id, "decision"));
    }
    Decision decision = found.get();
    String of = decision.getPlanId() == null ? decision.getCauseId() : decision.getPlanId();
    Optional<WhyRow> way = ofOrder(of);
    if (way.isEmpty()) {
      add(decision);
    }
    return Optional.of(row(id, "decision"));
  }

  private Optional<WhyRow> ofPosition(String id) {
    List<ApplyPlan> of = plans().filter(plan -> plan.getPositionId().equals(id)).toList();
    Optional<PositionLedger> row =
        pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class).stream()
            .filter(each -> each.getPositionId().equals(id))
            .findFirst();
    if (of.isEmpty() && row.isEmpty()) {
      return Optional.empty();
    }
    of.forEach(plan -> plans.add(plan.getPlanId()));
    row.flatMap(open -> pages.trades().openedBy(open.getAccount(), open.getSymbol()))
        .ifPresent(plans::add);
    plans.stream()
        .toList()
        .forEach(
            plan ->
                pages
                    .plans()
                    .plan(plan)
                    .map(ApplyPlan::getIntentId)
                    .filter(intent -> !intent.isEmpty())
                    .ifPresent(intents::add));
    collect();
    row.ifPresent(open -> steps.add(Steps.of(open)));
    return Optional.of(row(id, "position"));
  }

  private Optional<WhyRow> ofSymbol(String symbol) {
    decisions(pages)
        .filter(decision -> symbol.equals(decision.getSymbol()))
        .limit(LAST_OF_SYMBOL)
        .forEach(decision -> steps.add(Steps.of(decision)));
    pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class).stream()
        .filter(row -> row.getSymbol().equals(symbol) && Sides.isOpen(row))
        .forEach(row -> steps.add(Steps.of(row)));
    return steps.isEmpty() ? Optional.empty() : Optional.of(row(symbol, "symbol"));
  }

  private Stream<TradeIntent> intents() {
    return values(Topic.TRADE_INTENT, TradeIntent.class);
  }

  private Stream<ApplyPlan> plans() {
    return values(Topic.APPLY_PLAN, ApplyPlan.class);
  }

  private <T> Stream<T> values(Topic topic, Class<T> type) {
    return pages.streams().newestFirst(topic).flatMap((BookRecord each) -> each.as(type).stream());
  }

  private void collect() {
    intents()
        .filter(intent -> intents.contains(intent.getIntentId()))
        .forEach(intent -> steps.add(Steps.of(intent)));
    decisions(pages).filter(this::isAbout).forEach(this::add);
    plans()
        .filter(plan -> plans.contains(plan.getPlanId()))
        .forEach(plan -> steps.add(Steps.of(plan)));
    values(Topic.APPROVAL, Approval.class)
        .filter(approval -> plans.contains(approval.getPlanId()))
        .forEach(approval -> steps.add(Steps.of(approval)));
    values(Topic.APPLY_RESULT, ApplyResult.class)
        .filter(result -> plans.contains(result.getPlanId()))
        .forEach(result -> steps.add(Steps.of(result)));
  }

  /** They come the newest first, so that the first denial is the last one. */
  private void add(Decision decision) {
    steps.add(Steps.of(decision));
    if (denial.isEmpty() && decision.getVerdict() == Verdict.DENIED) {
      denial = Optional.of(decision);
    }
  }

  private boolean isAbout(Decision decision) {
    return plans.contains(decision.getPlanId())
        || plans.contains(decision.getCauseId())
        || (decision.getCauseType() == CauseType.INTENT && intents.contains(decision.getCauseId()));
  }

  private WhyRow row(String id, String kind) {
    // What was collected is the newest first; of one time what was read earlier comes earlier.
    List<StepRow> ordered = new ArrayList<>(steps.reversed());
    ordered.sort(Comparator.comparingLong(StepRow::atMs).thenComparingInt(Why::place));
    List<StepRow> timed = new ArrayList<>();
    Long before = null;
    for (StepRow step : ordered) {
      timed.add(step.after(before));
      before = step.atMs();
    }
    return new WhyRow(id, kind, summary(timed), timed, changes(kind));
  }

  /** Of a symbol's many denials none is asked about. */
  private List<OtherRow> changes(String kind) {
    return kind.equals("symbol") ? List.of() : denial.map(this::changes).orElse(List.of());
  }

  private List<OtherRow> changes(Decision denied) {
    Optional<Policy> policy =
        values(Topic.POLICY, Policy.class)
            .filter(each -> each.getName().equals(denied.getPolicyName()))
            .filter(each -> each.getVersion() == denied.getPolicyVersion())
            .findFirst();
    Optional<TradeIntent> intent =
        intents().filter(each -> each.getIntentId().equals(denied.getCauseId())).findFirst();
    OptionalDouble equity =
        pages.equity().of(denied.getAccount()).stream()
            .filter(point -> point.atMs() <= denied.getAtMs())
            .mapToDouble(EquityHistory.Point::equity)
            .reduce((first, last) -> last);
    return policy.map(held -> Changes.of(denied, held, intent, equity)).orElse(List.of()).stream()
        .map(change -> OtherRow.of(denied.getDecisionId(), change))
        .toList();
  }

  /** Decisions stand between the intent and the plan that came of it. */
  private static int place(StepRow step) {
    int index = ORDER.indexOf(step.what());
    return index < 0 ? 1 : index * 2;
  }

  private static String summary(List<StepRow> steps) {
    Optional<StepRow> denied =
        steps.stream()
            .filter(step -> step.verdict().equals(Verdict.DENIED.name()))
            .reduce((first, second) -> second);
    Optional<StepRow> result =
        steps.stream().filter(step -> step.what().equals("result")).reduce((a, b) -> b);
    if (result.isPresent()) {
      return "%d steps; the last result: %s".formatted(steps.size(), result.get().words());
    }
    return denied
        .map(step -> "Denied by %s: %s".formatted(step.what(), step.words()))
        .orElseGet(() -> steps.isEmpty() ? "" : "Last: " + steps.getLast().words());
  }
}
