package io.quantumtrader.execution.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A whole executor session over Kafka's mock clients: trading is on, ETHUSDT costs 2000.5, and the
 * exchange refuses orders of three coins.
 */
final class ExecutorFloor {

  private final MockClients clients;
  private final RememberingExchange exchange =
      new RememberingExchange(
          PaperSettings.DEFAULT
              .withAccounts(List.of("main", "second"))
              .withCosts(BigDecimal.ZERO, BigDecimal.ZERO)
              .withFaults(
                  FaultRules.NONE.and(
                      new FaultRules.Rule(
                          order -> order.quantity().compareTo(new BigDecimal("3")) == 0,
                          new FaultRules.Fault.Reject()))));
  private final ExecutorSession session;

  ExecutorFloor() {
    this(ExecutorMode.TRADE);
  }

  /** Market of the exchange. */
  static final String MARKET = "binance:floor";

  private Optional<String> market;

  ExecutorFloor(ExecutorMode mode) {
    this(mode, PartitionHistory.NONE, Optional.of(MARKET));
  }

  private ExecutorFloor(ExecutorMode mode, PartitionHistory history, Optional<String> market) {
    this.market = market;
    clients = new MockClients(history);
    session =
        new ExecutorSession(
            MockClients.settings().mode(mode).market(Optional.of(MARKET)).build(),
            exchange,
            clients,
            CrashPoint.Watch.NONE);
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
    Headers headers = new RecordHeaders();
    market.ifPresent(name -> headers.add(MarketHeaders.MARKET, name.getBytes(UTF_8)));
    byte[] step = clients.encoded(Topic.CLOCK, new Clock(nowMs, 1_000L, 0));
    clients.add(Topic.CLOCK, "0", step, headers);
    session.step();
  }

  /** Lets the clock go on, by a feed of this market; empty where that does not say its name. */
  void clockOf(Optional<String> name, long nowMs) {
    market = name;
    clock(nowMs);
  }

  /** Returns how many troubles of this kind there are. */
  int troubles(ExecutorTrouble kind) {
    return session.troubles().get(kind);
  }

  void control(String account, TradingState state) {
    send(
        Topic.CONTROL,
        account,
        Control.newBuilder().setAccount(account).setTradingState(state).setAtMs(0).build());
    session.step();
  }

  /** Says something of a plan of the account main. */
  void approve(String planId, boolean granted) {
    approve("main", planId, granted);
    session.step();
    session.step();
  }

  /** Grants it twice before the executor looks. */
  void approveTwice(String planId) {
    approve("main", planId, true);
    approve("main", planId, true);
    session.step();
  }

  /** Grants it in the name of another account. */
  void approveFor(String account, String planId) {
    approve(account, planId, true);
    session.step();
  }

  /** Grants it under the key of main, in the name of another account. */
  void approveUnderAnotherKey(String account, String planId) {
    send(Topic.APPROVAL, "main", approval(planId, account, true));
    session.step();
  }

  private void approve(String account, String planId, boolean granted) {
    send(Topic.APPROVAL, account, approval(planId, account, granted));
  }

  private static Approval approval(String planId, String account, boolean granted) {
    return new Approval(planId, account, granted, "too large", "ann", 5_000L);
  }

  /** Returns another session over what this one committed; the plan is still to be had. */
  ExecutorFloor restarted(ExecutorMode mode, ApplyPlan plan) {
    return restarted(mode, plan, market);
  }

  /** Returns another session over what this one committed, where the last step was of a market. */
  ExecutorFloor restarted(ExecutorMode mode, ApplyPlan plan, Optional<String> lastMarket) {
    return new ExecutorFloor(
        mode,
        new PartitionHistory(
            5_000, 0, lastMarket, Map.of(), results(), List.of(), Map.of(plan.getPlanId(), plan)),
        lastMarket);
  }

  List<ApplyResult> results() {
    return clients.written(Topic.APPLY_RESULT, ApplyResult.class);
  }

  /** Returns the errors of the dead letters so far. */
  List<String> deadLetters() {
    return clients.deadLetters();
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
    return resultsOf(plan);
  }

  /** Returns all results so far that answer a plan. */
  List<ApplyResult> resultsOf(ApplyPlan plan) {
    return results().stream().filter(each -> each.getPlanId().equals(plan.getPlanId())).toList();
  }

  private void send(Topic topic, String key, SpecificRecord value) {
    clients.add(topic, key, clients.encoded(topic, value));
  }
}
