package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;

/**
 * Everything an entry needs, on the topics: clock, control, universe, instruments, money. Each
 * account is a world of its own, so tests that share a pipeline take one each, and a time of their
 * own, since the clock never goes back.
 */
final class World {

  private final RealPipeline pipeline;
  private long nowMs;

  private World(RealPipeline pipeline, long nowMs) {
    this.pipeline = pipeline;
    this.nowMs = nowMs;
  }

  /** Returns a world a second before {@link Records#NOW}: these accounts may open these symbols. */
  static World open(RealPipeline pipeline, List<String> accounts, List<String> symbols) {
    return openAt(pipeline, Records.NOW, accounts, symbols);
  }

  /** Returns a world a second before a time that is no full hour, for stages that are to start. */
  static World openAt(
      RealPipeline pipeline, long nowMs, List<String> accounts, List<String> symbols) {
    World world = new World(pipeline, nowMs);
    pipeline.clock(nowMs - 1000);
    world.put(accounts, symbols);
    return world;
  }

  /** Returns one more world on stages that run, a second before a time that is no full hour. */
  static World oneMore(
      RealPipeline pipeline, long nowMs, List<String> accounts, List<String> symbols)
      throws InterruptedException {
    World world = new World(pipeline, nowMs);
    // The universe sub-topology may rank at this step; the list of this world comes after it.
    pipeline.clock(nowMs - 1000);
    pipeline.settle();
    world.put(accounts, symbols);
    return world;
  }

  private void put(List<String> accounts, List<String> symbols) {
    pipeline.send(Topic.CONTROL, Accounts.ALL, Records.control(TradingState.ACTIVE), nowMs);
    pipeline.send(Topic.UNIVERSE, "top10", Records.top(symbols), nowMs);
    for (String symbol : symbols) {
      pipeline.send(Topic.INSTRUMENT, symbol, Records.instrument(symbol, "0.001"), nowMs);
      state(symbol, "100", nowMs);
    }
    wallets(accounts, nowMs);
  }

  /** Lets the clock pass to the world's time: equity is known from now on. */
  void begin() throws InterruptedException {
    pass(0);
  }

  long nowMs() {
    return nowMs;
  }

  /** Waits until all is done, lets the clock go on and waits for what follows. */
  void pass(long millis) throws InterruptedException {
    nowMs += millis;
    pipeline.settle();
    pipeline.clock(nowMs);
    pipeline.settle();
  }

  void state(String symbol, String price, long asOfMs) {
    pipeline.send(Topic.MARKET_STATE, symbol, Records.state(symbol, price, asOfMs), asOfMs);
  }

  void wallets(List<String> accounts, long asOfMs) {
    for (String account : accounts) {
      pipeline.send(
          Topic.EXCHANGE_ACCOUNT, account, Records.wallet(account, "10000", asOfMs), asOfMs);
    }
    pipeline.flush();
  }

  TradeIntent intend(String id, String account, String symbol, IntentAction action, long atMs) {
    TradeIntent intent = Records.intent(id, account, symbol, action, atMs).build();
    pipeline.send(Topic.TRADE_INTENT, account, intent, atMs);
    return intent;
  }

  /** Opens a position and returns the plan that did. */
  ApplyPlan enter(String account, String symbol) throws InterruptedException {
    intend("enter-" + account, account, symbol, IntentAction.OPEN_LONG, nowMs);
    pipeline.settle();
    ApplyPlan plan = plan(account);
    pipeline.send(Topic.APPLY_RESULT, account, Records.filled(plan, nowMs), nowMs);
    pipeline.settle();
    return plan;
  }

  List<ApplyPlan> plans(String account) {
    return pipeline.values(Topic.APPLY_PLAN, ApplyPlan.class).stream()
        .filter(plan -> plan.getAccount().equals(account))
        .toList();
  }

  /** Returns the first plan; where there is none, what was decided is said. */
  ApplyPlan plan(String account) {
    List<ApplyPlan> plans = plans(account);
    assertThat(plans).as(() -> decisions(account).toString()).isNotEmpty();
    return plans.getFirst();
  }

  List<Decision> decisions(String account) {
    return pipeline.values(Topic.DECISION, Decision.class).stream()
        .filter(decision -> decision.getAccount().equals(account))
        .toList();
  }

  /** Returns the one decision about an intent; there must be no more. */
  Decision decision(String account, String causeId) {
    List<Decision> about =
        decisions(account).stream()
            .filter(decision -> decision.getCauseId().equals(causeId))
            .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
            .toList();
    assertThat(about).as(causeId).hasSize(1);
    return about.getFirst();
  }

  PortfolioState portfolio(String account) {
    return pipeline.table(Topic.PORTFOLIO_STATE, PortfolioState.class).get(account);
  }

  PositionLedger ledger(String account, String symbol) {
    return pipeline
        .table(Topic.POSITION_LEDGER, PositionLedger.class)
        .get(Accounts.key(account, symbol));
  }
}
