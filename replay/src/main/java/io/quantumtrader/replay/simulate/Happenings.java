package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/** Carries out the events of a schedule. */
final class Happenings {

  private static final long MINUTE_MS = SimulatedMarket.MINUTE_MS;
  private static final int SCALE = 18;

  private final World world;
  private final WorldTopics topics;
  private final Observed observed;
  private final SimulatedMarket market;
  private final WorldFeed feed;
  private final OperatorEvents operators;
  private final AgentEvents agents;
  private final RogueEvents rogues;
  private final MarketEvents badMarket;
  private long executorBackAtMs;

  Happenings(
      World world,
      WorldTopics topics,
      Observed observed,
      SimulatedMarket market,
      WorldFeed feed,
      Memory memory) {
    this.world = world;
    this.topics = topics;
    this.observed = observed;
    this.market = market;
    this.feed = feed;
    this.operators = new OperatorEvents(topics, memory, World.accounts());
    this.agents = new AgentEvents(topics, market, memory, World.accounts());
    this.rogues = new RogueEvents(topics, market, memory, World.accounts());
    this.badMarket = new MarketEvents(topics, market);
  }

  /** Returns the operators. */
  OperatorEvents operators() {
    return operators;
  }

  /** Starts an executor where there has been none for long enough. */
  void replaceExecutor(long nowMs) {
    if (!world.executor().isAlive() && nowMs >= executorBackAtMs) {
      world.executor().begin(new SplittableRandom(nowMs).nextBoolean());
    }
  }

  /** Carries out one event. */
  void happen(SimulatedEvent event) {
    long nowMs = world.nowMs();
    SplittableRandom random = event.random();
    switch (event.kind()) {
      case ENTRY -> {
        agents.entry(event, nowMs);
        answerFor(event, nowMs);
      }
      case GREED -> agents.greed(event, nowMs);
      case CLOSE -> agents.close(event, nowMs);
      case BAD_INTENT -> agents.bad(event, nowMs);
      case REPEATED_INTENT -> agents.repeat(event, nowMs);
      case ROGUE_PROPOSAL -> observed.asRogue(() -> rogues.proposal(event, nowMs));
      case ROGUE_RESULT -> observed.asRogue(() -> rogues.result(event, nowMs));
      case ROGUE_RECORD -> observed.asRogue(() -> rogues.record(event, nowMs));
      case OPERATOR -> operators.control(event, nowMs);
      case POLICY -> operators.policy(event, nowMs);
      case APPROVAL -> operators.approval(event, nowMs);
      case CRASH -> market.crash(random);
      case FREEZE -> market.freeze(random, nowMs);
      case BAD_CANDLE -> badMarket.bad(event, nowMs);
      case LISTING -> feed.listOtherwise(random, nowMs);
      case WEATHER -> world.weather().change(random, nowMs);
      case FOREIGN_TRADE -> foreign(event, nowMs);
      case CLOCK -> feed.disturb(random, nowMs);
      case TASK_LAGS -> world.hold("task", random, nowMs + minutes(random, 4));
      case TABLE_LAGS -> world.hold("table", random, nowMs + minutes(random, 6));
      case TASK_DIES -> world.kill(random);
      case EXECUTOR_DIES -> executorDies(random, nowMs);
      case EXECUTOR_REPLACED -> executorReplaced(random, nowMs);
      case EXECUTOR_LAGS -> world.hold("executor", random, nowMs + minutes(random, 4));
    }
  }

  /** Where entries wait for a person, there is one who says something before the permit is over. */
  private void answerFor(SimulatedEvent event, long nowMs) {
    if (world.mode() == ExecutorMode.APPROVE) {
      world.settle();
      operators.approval(event, nowMs);
    }
  }

  /** Returns some minutes, milliseconds. */
  static long minutes(SplittableRandom random, int most) {
    return (1 + random.nextInt(most)) * MINUTE_MS;
  }

  private void executorDies(SplittableRandom random, long nowMs) {
    if (!world.executor().isAlive()) {
      return;
    }
    if (random.nextInt(3) == 0) {
      world.executor().leave();
    } else {
      world.executor().die();
    }
    executorBackAtMs = random.nextBoolean() ? nowMs : nowMs + minutes(random, 5);
  }

  /** The one that hung wakes up when its successor has done some work, or none. */
  private void executorReplaced(SplittableRandom random, long nowMs) {
    world.replaceExecutor(random.nextBoolean(), nowMs + random.nextInt(3) * MINUTE_MS);
  }

  private void foreign(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    String symbol = SimulatedMarket.symbol(random);
    String account = World.accounts().get(random.nextInt(World.accounts().size()));
    BigDecimal quantity = BigDecimal.valueOf(200).divide(market.price(symbol), 2, RoundingMode.UP);
    MarketOrder order =
        new MarketOrder(
            account,
            symbol,
            random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL,
            quantity,
            false,
            "foreign-" + event.index(),
            nowMs);
    long tellsAtMs = nowMs + minutes(random, 5);
    world
        .remote()
        .ifPresent(
            exchange -> {
              if (random.nextInt(3) == 0) {
                exchange.foreign(order).ifPresent(fills -> bookByHand(order, fills, nowMs));
              } else {
                exchange.foreign(order, tellsAtMs);
              }
            });
  }

  /** A tool of an operator books what it believes to be of a plan that nobody knows. */
  private void bookByHand(MarketOrder order, Accepted accepted, long nowMs) {
    for (Fill fill : accepted.fills()) {
      ApplyResult result =
          ApplyResult.newBuilder()
              .setResultId(order.clientOrderId())
              .setPlanId("of another age")
              .setAccount(order.account())
              .setSymbol(order.symbol())
              .setOutcome(ResultOutcome.FILLED)
              .setFinalResult(true)
              .setSide(order.side())
              .setReduceOnly(false)
              .setRequestedQuantity(order.quantity().setScale(SCALE))
              .setFilledQuantity(fill.getQuantity())
              .setFill(fill)
              .setLeverage(1)
              .setAtMs(nowMs)
              .build();
      observed.asRogue(
          () -> topics.put(Topic.APPLY_RESULT, ApplyResult.class, order.account(), result, nowMs));
    }
  }
}
