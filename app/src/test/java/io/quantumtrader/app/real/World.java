package io.quantumtrader.app.real;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;

/** Puts everything an entry needs onto the topics: clock, control, universe, instruments, money. */
final class World {

  private final RealPipeline pipeline;

  World(RealPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Returns a world a second before {@link Records#NOW}: these accounts may open these symbols. */
  static World open(RealPipeline pipeline, List<String> accounts, List<String> symbols) {
    World world = new World(pipeline);
    pipeline.send(Topic.CONTROL, Accounts.ALL, Records.control(TradingState.ACTIVE), Records.NOW);
    pipeline.send(Topic.UNIVERSE, "top10", Records.top(symbols), Records.NOW);
    symbols.forEach(
        symbol -> {
          pipeline.send(Topic.INSTRUMENT, symbol, Records.instrument(symbol, "0.001"), Records.NOW);
          world.state(symbol, "100", Records.NOW);
        });
    pipeline.clock(Records.NOW - 1000);
    world.wallets(accounts, Records.NOW);
    return world;
  }

  /** Lets the clock pass to {@link Records#NOW}: equity is known from now on. */
  void begin() throws InterruptedException {
    pipeline.settle();
    pipeline.clock(Records.NOW);
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

  TradeIntent intend(String id, String account, String symbol, IntentAction action, long nowMs) {
    TradeIntent intent = Records.intent(id, account, symbol, action, nowMs).build();
    pipeline.send(Topic.TRADE_INTENT, account, intent, nowMs);
    return intent;
  }
}
