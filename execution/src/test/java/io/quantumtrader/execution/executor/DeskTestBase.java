package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.executor.PartitionExecutor.Admission;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;

/** A desk in front of an exchange that remembers by itself and can lose answers. */
abstract class DeskTestBase {

  static final String ETH = "ETHUSDT";
  static final long NOW = 10_000;

  final RememberingExchange exchange =
      new RememberingExchange(
          PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, new BigDecimal("0.0004")));
  final TradingStates trading = new TradingStates();
  final LedgerRows ledger = new LedgerRows();
  final List<ApplyResult> results = new ArrayList<>();
  final List<ExchangeAccount> accounts = new ArrayList<>();
  final List<ExchangeIncome> incomes = new ArrayList<>();
  ExecutorSettings.Builder settings = MockClients.settings();
  PartitionExecutor desk;

  @BeforeEach
  void open() {
    exchange.paper().see(Candles.flat(ETH, 0, "2000.5"));
    trading.set("*", TradingState.ACTIVE);
    desk = takenUp(PartitionHistory.NONE);
    tick(NOW);
  }

  PartitionExecutor takenUp(PartitionHistory history) {
    return new PartitionExecutor(
        0, exchange.accounts(), exchange, trading, ledger, settings.build(), history);
  }

  void tick(long nowMs) {
    Outputs out = new Outputs();
    desk.tick(nowMs, out);
    keep(out);
  }

  void report() {
    Outputs out = new Outputs();
    desk.report(out);
    keep(out);
  }

  void take(ApplyPlan plan) {
    Outputs out = new Outputs();
    Admission admission = desk.admit(plan);
    desk.announce(admission, out);
    desk.answer(admission, out);
    keep(out);
  }

  private void keep(Outputs out) {
    for (Outputs.Output output : out.records()) {
      SpecificRecord value = output.value();
      assertThat(output.timestampMs()).isEqualTo(desk.nowMs());
      assertThat(output.key()).isEqualTo("main");
      if (output.topic() == Topic.EXCHANGE_INCOME) {
        incomes.add((ExchangeIncome) value);
      } else if (output.topic() == Topic.APPLY_RESULT) {
        results.add((ApplyResult) value);
      } else {
        accounts.add((ExchangeAccount) value);
      }
    }
  }

  List<ResultOutcome> outcomes() {
    return results.stream().map(ApplyResult::getOutcome).toList();
  }

  void assertOneFinal(ResultOutcome outcome) {
    assertThat(results).filteredOn(ApplyResult::getFinalResult).hasSize(1);
    assertThat(results.getLast().getFinalResult()).isTrue();
    assertThat(results.getLast().getOutcome()).isEqualTo(outcome);
    assertThat(results).extracting(ApplyResult::getResultId).doesNotHaveDuplicates();
  }

  static ApplyPlan entry() {
    return Plans.entry(1, ETH, OrderSide.BUY, "2");
  }

  static String order() {
    return "qs-" + Plans.id(1);
  }
}
