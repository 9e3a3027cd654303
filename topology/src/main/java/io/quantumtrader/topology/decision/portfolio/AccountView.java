package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
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

  Holdings holdings() {
    return Holdings.of(positions, openPlans);
  }
}
