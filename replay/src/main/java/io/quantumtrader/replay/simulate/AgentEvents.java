package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;

/** What agents send: what makes sense, and what does not. */
final class AgentEvents {

  private static final int SCALE = 18;
  private static final String TOO_LONG = "x".repeat(1 << 15);

  private final WorldTopics topics;
  private final SimulatedMarket market;
  private final Memory memory;
  private final List<String> accounts;

  AgentEvents(WorldTopics topics, SimulatedMarket market, Memory memory, List<String> accounts) {
    this.topics = topics;
    this.market = market;
    this.memory = memory;
    this.accounts = accounts;
  }

  /** Sends an intent that makes sense. */
  void entry(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    send(sound(random, "e" + event.index(), nowMs).build(), nowMs);
  }

  private TradeIntent.Builder sound(SplittableRandom random, String id, long nowMs) {
    boolean buys = random.nextBoolean();
    String symbol = SimulatedMarket.symbol(random);
    TradeIntent.Builder intent =
        intent(id, accounts.get(random.nextInt(accounts.size())), symbol, nowMs)
            .setAction(buys ? IntentAction.BUY : IntentAction.SELL)
            .setLeverage(random.nextInt(5) == 0 ? 2.5 : 1.0 + random.nextInt(20));
    switch (random.nextInt(5)) {
      case 0 -> intent.setSizing(Sizing.NOTIONAL).setAmount(dec(20 + random.nextInt(4000)));
      case 1 ->
          intent
              .setSizing(Sizing.QUANTITY)
              .setAmount(
                  dec(20 + random.nextInt(2000))
                      .divide(market.price(symbol), 6, RoundingMode.DOWN)
                      .setScale(SCALE));
      default -> intent.setSizing(Sizing.MARGIN).setAmount(dec(10 + random.nextInt(600)));
    }
    switch (random.nextInt(8)) {
      case 0 -> intent.setStopLoss(market.near(symbol, buys ? 0.985 : 1.015));
      case 1 -> intent.setStopLoss(market.near(symbol, buys ? 0.9995 : 1.0005));
      case 2 -> intent.setTakeProfit(market.near(symbol, buys ? 1.01 : 0.99));
      case 3 -> intent.setStopLoss(market.near(symbol, buys ? 0.996 : 1.004));
      default -> {
        // The stop is left to the governor.
      }
    }
    return intent;
  }

  private static TradeIntent.Builder intent(String id, String account, String symbol, long nowMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(IntentAction.BUY)
        .setReduceOnly(false)
        .setSizing(Sizing.MARGIN)
        .setAmount(dec(300))
        .setLeverage(2.0)
        .setReason("simulated")
        .setSource("simulated")
        .setCreatedAtMs(nowMs);
  }

  private static BigDecimal dec(long value) {
    return BigDecimal.valueOf(value).setScale(SCALE);
  }

  /** Sends large intents in every symbol for every account. */
  void greed(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    long amount = 300L + random.nextInt(100_000);
    for (String account : accounts) {
      for (String symbol : SimulatedMarket.SYMBOLS) {
        String id = "g" + event.index() + "-" + account + "-" + symbol;
        IntentAction action = random.nextBoolean() ? IntentAction.BUY : IntentAction.SELL;
        send(
            intent(id, account, symbol, nowMs)
                .setAction(action)
                .setAmount(dec(amount))
                .setLeverage(20.0)
                .build(),
            nowMs);
      }
    }
  }

  /** Closes a position, a part of it, more than it, or turns it. */
  void close(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    String id = "c" + event.index();
    PositionLedger open = memory.position(random).orElse(null);
    if (open == null) {
      send(
          intent(id, accounts.get(0), SimulatedMarket.symbol(random), nowMs)
              .setAction(IntentAction.CLOSE)
              .setSizing(Sizing.NONE)
              .setAmount(null)
              .build(),
          nowMs);
      return;
    }
    boolean isLong = open.getSide() == PositionSide.LONG;
    TradeIntent.Builder intent =
        intent(id, open.getAccount(), open.getSymbol(), nowMs)
            .setLeverage(null)
            .setAction(isLong ? IntentAction.SELL : IntentAction.BUY)
            .setSizing(Sizing.QUANTITY);
    BigDecimal quantity = open.getQuantity();
    switch (random.nextInt(4)) {
      case 0 -> intent.setAction(IntentAction.CLOSE).setSizing(Sizing.NONE).setAmount(null);
      case 1 -> intent.setReduceOnly(true).setAmount(times(quantity, "3"));
      case 2 -> intent.setAmount(times(quantity, "3"));
      default -> intent.setAmount(times(quantity, "0.5"));
    }
    send(intent.build(), nowMs);
  }

  private static BigDecimal times(BigDecimal quantity, String factor) {
    return quantity.multiply(new BigDecimal(factor)).setScale(SCALE, RoundingMode.DOWN);
  }

  /** Sends an intent again, as it was or with other words under the same id. */
  void repeat(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    memory
        .intent(random)
        .ifPresent(
            past ->
                send(
                    random.nextBoolean()
                        ? past
                        : TradeIntent.newBuilder(past).setCreatedAtMs(nowMs).build(),
                    nowMs));
  }

  /** Sends an intent that is wrong in one way. */
  void bad(SimulatedEvent event, long nowMs) {
    SplittableRandom random = event.random();
    int way = random.nextInt(19);
    String id = "b" + event.index();
    TradeIntent.Builder intent = sound(random, id, nowMs);
    String symbol = intent.getSymbol();
    boolean buys = intent.getAction() == IntentAction.BUY;
    switch (way) {
      case 0 -> intent.setLeverage(Double.NaN);
      case 1 -> intent.setCreatedAtMs(nowMs + 3_600_000);
      case 2 -> intent.setCreatedAtMs(nowMs - 60_001);
      case 3 -> intent.setAction(IntentAction.HOLD);
      case 4 -> intent.setContradictions(List.of("action=BUY", "side=SHORT"));
      case 5 -> intent.setAction(IntentAction.UNRECOGNIZED);
      case 6 -> intent.setSymbol("btc/usdt");
      case 7 -> intent.setReason(TOO_LONG);
      case 8 -> intent.setIntentId("i".repeat(129) + event.index());
      case 9 -> intent.setSizing(Sizing.FRACTION).setAmount(new BigDecimal("0.5").setScale(SCALE));
      case 10 -> intent.setLeverage(126.0);
      case 11 ->
          intent.setSizing(Sizing.NOTIONAL).setAmount(new BigDecimal("0.01").setScale(SCALE));
      case 12 -> intent.setSizing(Sizing.NOTIONAL).setAmount(dec(4));
      case 13 -> intent.setAtr(market.price(symbol).doubleValue());
      case 14 -> intent.setStopLoss(market.near(symbol, buys ? 1.02 : 0.98));
      case 15 -> intent.setTakeProfit(market.near(symbol, buys ? 0.98 : 1.02));
      case 16 -> intent.setSymbol(Listings.WITHOUT_PRICES);
      case 17 -> intent.setSizing(Sizing.NONE).setAmount(null);
      default -> intent.setSizing(Sizing.MARGIN).setAmount(dec(-5));
    }
    send(intent.build(), nowMs);
  }

  private void send(TradeIntent intent, long nowMs) {
    topics.put(Topic.TRADE_INTENT, TradeIntent.class, intent.getAccount(), intent, nowMs);
  }
}
