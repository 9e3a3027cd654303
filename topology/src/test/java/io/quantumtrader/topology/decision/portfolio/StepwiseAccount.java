package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.exchange;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;

/** An account whose portfolio is reckoned at one step of the clock after the other. */
final class StepwiseAccount {

  final Policy.Builder policy = Given.policy();
  Optional<ExchangeAccount> exchange = Optional.of(exchange(MAIN, "1000", NOON));
  List<PositionLedger> rows = List.of();
  List<ValuedPosition> positions = List.of();

  /** What the last step came to. */
  Optional<PortfolioState> before = Optional.empty();

  AccountView view() {
    return new AccountView(MAIN, policy.build(), exchange, rows, positions, List.of(), before);
  }

  /** A step at which nothing is new. */
  Portfolio.Evaluation at(long nowMs) {
    Portfolio.Evaluation evaluation = Portfolio.atClock(view(), nowMs);
    before = Optional.of(evaluation.state());
    return evaluation;
  }

  /** A step at which the exchange reports a wallet. */
  Portfolio.Evaluation at(long nowMs, String wallet) {
    exchange = Optional.of(exchange(MAIN, wallet, nowMs));
    return at(nowMs);
  }
}
