package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A whole executor session over Kafka's mock clients: trading is on, ETHUSDT costs 2000.5, and the
 * exchange refuses orders of three coins.
 */
final class ExecutorFloor {

  private final MockClients clients = new MockClients(PartitionHistory.NONE);
  private final RememberingExchange exchange =
      new RememberingExchange(
          PaperSettings.DEFAULT
              .withCosts(BigDecimal.ZERO, BigDecimal.ZERO)
              .withFaults(
                  FaultRules.NONE.and(
                      new FaultRules.Rule(
                          order -> order.quantity().compareTo(new BigDecimal("3")) == 0,
                          new FaultRules.Fault.Reject()))));
  private final ExecutorSession session =
      new ExecutorSession(MockClients.settings().build(), exchange, clients, CrashPoint.Watch.NONE);

  ExecutorFloor() {
    session.open();
    clients.assign();
    control("*", TradingState.ACTIVE);
    exchange.paper().see(Candles.flat("ETHUSDT", 0, "2000.5"));
    clock(5_000);
  }

  RememberingExchange exchange() {
    return exchange;
  }

  void clock(long nowMs) {
    send(Topic.CLOCK, "0", new Clock(nowMs, 1_000L, 0));
    session.step();
  }

  void control(String account, TradingState state) {
    send(
        Topic.CONTROL,
        account,
        Control.newBuilder().setAccount(account).setTradingState(state).setAtMs(0).build());
    session.step();
  }

  /** Takes a plan that is to be filled. */
  void open(ApplyPlan plan) {
    List<ApplyResult> results = take(plan);
    if (results.stream().noneMatch(each -> each.getFill() != null)) {
      throw new AssertionError("not filled: " + results);
    }
  }

  /** Takes a plan and returns all results that answer it. */
  List<ApplyResult> take(ApplyPlan plan) {
    send(Topic.APPLY_PLAN, plan.getAccount(), plan);
    session.step();
    session.step();
    return clients.written(Topic.APPLY_RESULT, ApplyResult.class).stream()
        .filter(each -> each.getPlanId().equals(plan.getPlanId()))
        .toList();
  }

  private void send(Topic topic, String key, SpecificRecord value) {
    clients.add(topic, key, clients.encoded(topic, value));
  }
}
