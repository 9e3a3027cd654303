package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.decision.Denials.text;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Policies;
import java.util.List;
import java.util.Optional;

/** A view that lets an entry in, to be narrowed by each test. */
final class BridgeViews {

  Policies.InForce policy = inForce(Given.policy().build());
  TradingState trading = TradingState.ACTIVE;
  List<SymbolLock> locks = List.of();
  Optional<io.quantumtrader.schemas.avro.Instrument> instrument =
      Optional.of(Given.instrument(BTC).build());
  Optional<io.quantumtrader.schemas.avro.Universe> top = Optional.of(Given.top(BTC));
  Optional<io.quantumtrader.schemas.avro.MarketState> state = Optional.of(Given.state(BTC).build());
  Optional<PositionLedger> ledger = Optional.empty();
  Optional<PositionHold> hold = Optional.empty();
  boolean entryInFlight;

  static Policies.InForce inForce(Policy policy) {
    return new Policies.InForce(policy, true);
  }

  BridgeViews open(PositionSide side, String quantity) {
    ledger = Optional.of(position(BTC, side, quantity, "70000").build());
    return this;
  }

  GateResult<BridgePass> rule(TradeIntent.Builder intent) {
    return Bridge.rule(
        intent.build(),
        new BridgeView(policy, trading, locks, instrument, top, state, ledger, hold, entryInFlight),
        NOON);
  }

  String code(TradeIntent.Builder intent) {
    return code(rule(intent));
  }

  static String code(GateResult<BridgePass> ruling) {
    return ruling.fold(why -> why.code().name(), BridgeViews::passed);
  }

  private static String passed(BridgePass pass) {
    return switch (pass) {
      case BridgePass.Entry entry -> "entry " + entry.side();
      case BridgePass.Close close ->
          "close "
              + close.side()
              + close.quantity().map(q -> " " + q.stripTrailingZeros().toPlainString()).orElse("");
    };
  }

  static List<String> numbers(GateResult<BridgePass> ruling) {
    return text(ruling.denial().orElseThrow().numbers().list());
  }

  static TradeIntent.Builder sized(IntentAction action, String quantity) {
    return intent("i").setAction(action).setSizing(Sizing.QUANTITY).setAmount(dec(quantity));
  }

  static TradeIntent.Builder close() {
    return intent("i").setAction(IntentAction.CLOSE).setSizing(Sizing.NONE).setAmount(null);
  }
}
