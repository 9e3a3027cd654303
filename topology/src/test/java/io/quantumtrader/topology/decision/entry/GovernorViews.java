package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.decision.Denials.text;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.GateResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the governor is shown, to be changed by each test, and what it rules. */
final class GovernorViews {

  final Policy.Builder policy = Given.policy();
  final Instrument.Builder instrument = Given.instrument(BTC);
  final MarketState.Builder state = Given.state(BTC);
  double killScore = 0.5;
  Optional<BigDecimal> equity = Optional.of(dec("10000"));
  List<Long> granted = List.of();

  GateResult<SizedEntry> rule(TradeIntent.Builder intent) {
    GovernorView view =
        new GovernorView(
            policy.build(), instrument.build(), state.build(), killScore, equity, granted);
    return Governor.rule(intent.build(), OrderSide.BUY, view, NOON);
  }

  SizedEntry sized(TradeIntent.Builder intent) {
    return ((GateResult.Granted<SizedEntry>) rule(intent)).value();
  }

  String code(TradeIntent.Builder intent) {
    return switch (rule(intent)) {
      case GateResult.Denied<SizedEntry> no -> no.why().code().name();
      case GateResult.Granted<SizedEntry> yes ->
          yes.value().quantity().stripTrailingZeros().toPlainString();
    };
  }

  List<String> numbers(TradeIntent.Builder intent) {
    return switch (rule(intent)) {
      case GateResult.Denied<SizedEntry> no -> text(no.why().numbers().list());
      case GateResult.Granted<SizedEntry> yes -> text(yes.value().numbers().list());
    };
  }

  static TradeIntent.Builder quantity(String amount) {
    return intent("i").setSizing(Sizing.QUANTITY).setAmount(dec(amount));
  }

  static TradeIntent.Builder notional(String amount) {
    return intent("i").setSizing(Sizing.NOTIONAL).setAmount(dec(amount));
  }
}
