package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Entries that wait for a person, where the executor asks before each one. */
public final class ApprovalView {

  private ApprovalView() {}

  /** Returns those whose permit lives, the one with the least time first. */
  public static List<ApprovalRow> rows(Pages pages, Scope scope) {
    return waiting(pages).stream()
        .filter(plan -> scope.has(plan.getAccount(), plan.getSymbol()))
        .map(plan -> row(pages, plan))
        .toList();
  }

  /** Returns a plan that waits, if it does. */
  public static Optional<ApplyPlan> find(Pages pages, String planId) {
    return waiting(pages).stream().filter(plan -> plan.getPlanId().equals(planId)).findFirst();
  }

  private static List<ApplyPlan> waiting(Pages pages) {
    long nowMs = pages.clock().nowMs();
    return pages.plans().awaitingApproval().stream()
        .filter(plan -> plan.getPermit().getExpiresAtMs() > nowMs)
        .sorted(Comparator.comparingLong(plan -> plan.getPermit().getExpiresAtMs()))
        .toList();
  }

  private static ApprovalRow row(Pages pages, ApplyPlan plan) {
    long nowMs = pages.clock().nowMs();
    Optional<BigDecimal> risk =
        Optional.ofNullable(plan.getRisk())
            .map(each -> each.getInitialStop())
            .or(() -> Optional.ofNullable(plan.getStopPrice()))
            .map(stop -> plan.getPrice().subtract(stop).abs().multiply(plan.getQuantity()));
    Optional<BigDecimal> equity =
        pages
            .tables()
            .row(Topic.PORTFOLIO_STATE, plan.getAccount(), PortfolioState.class)
            .map(PortfolioState::getEquity)
            .filter(money -> money.signum() > 0);
    return new ApprovalRow(
        plan.getPlanId(),
        plan.getAccount(),
        plan.getSymbol(),
        plan.getSide().name(),
        plan.getQuantity(),
        plan.getPrice(),
        plan.getStopPrice(),
        plan.getLeverage(),
        plan.getNotional(),
        risk.orElse(null),
        risk.flatMap(r -> equity.map(e -> r.doubleValue() / e.doubleValue())).orElse(null),
        plan.getSource(),
        plan.getReason(),
        Math.max(0, nowMs - plan.getCreatedAtMs()),
        plan.getPermit().getExpiresAtMs() - nowMs);
  }
}
