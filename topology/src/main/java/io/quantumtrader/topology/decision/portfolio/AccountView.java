package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an account's money.
 *
 * @param account account name
 * @param policy policy that holds
 * @param exchange wallet as the exchange has it
 * @param rows ledger rows, open and flat
 * @param positions the open ones, valued
 * @param openPlans plans without a final result
 * @param before portfolio so far
 */
public record AccountView(
    String account,
    Policy policy,
    Optional<ExchangeAccount> exchange,
    List<PositionLedger> rows,
    List<ValuedPosition> positions,
    List<OpenPlan> openPlans,
    Optional<PortfolioState> before) {

  /** Returns what the account has, and may still get. */
  public Holdings holdings() {
    return Holdings.of(positions, openPlans);
  }

  /** Returns the account with a plan granted or, where it is known already, as it is now. */
  public AccountView with(OpenPlan plan) {
    List<OpenPlan> plans = others(plan.getPlanId());
    plans.add(plan);
    return new AccountView(account, policy, exchange, rows, positions, plans, before);
  }

  /** Returns the account without a plan that had its final result. */
  public AccountView without(String planId) {
    return new AccountView(account, policy, exchange, rows, positions, others(planId), before);
  }

  /** Returns the account with another ledger row; a position keeps its price where it goes on. */
  public AccountView with(PositionLedger row) {
    List<PositionLedger> others = new ArrayList<>(rows);
    others.removeIf(each -> each.getSymbol().equals(row.getSymbol()));
    others.add(row);
    List<ValuedPosition> valued = new ArrayList<>(positions);
    Optional<ValuedPosition> held =
        positions.stream()
            .filter(each -> each.ledger().getPositionId().equals(row.getPositionId()))
            .findFirst();
    valued.removeIf(each -> each.ledger().getSymbol().equals(row.getSymbol()));
    if (Sides.isOpen(row)) {
      valued.add(
          held.map(each -> each.with(row))
              .orElseGet(() -> ValuedPosition.of(row, Optional.empty())));
    }
    return new AccountView(account, policy, exchange, others, valued, openPlans, before);
  }

  /** Returns the account with another portfolio so far. */
  public AccountView with(PortfolioState portfolio) {
    return new AccountView(
        account, policy, exchange, rows, positions, openPlans, Optional.of(portfolio));
  }

  private List<OpenPlan> others(String planId) {
    List<OpenPlan> others = new ArrayList<>(openPlans);
    others.removeIf(each -> each.getPlanId().equals(planId));
    return others;
  }
}
