package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.SymbolLocks;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Tells closes from entries and lets entries through its gates.
 *
 * <p>A close is CLOSE, reduceOnly, or the opposite side with a quantity not above what is open.
 * None of the gates of entries holds a close back; only a halt does.
 */
public final class Bridge {

  private Bridge() {}

  /**
   * Returns what becomes of an intent that passed the intake.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<BridgePass> rule(TradeIntent intent, BridgeView view, long nowMs) {
    Optional<PositionLedger> open = view.open();
    if (asksForLess(intent)) {
      return open.filter(row -> reduces(intent, row))
          .map(row -> close(view, Sides.closes(row.getSide()), asked(intent, view, row)))
          .orElseGet(() -> GateResult.denied(ReasonCode.NOTHING_TO_CLOSE, held(open)));
    }
    OrderSide side = side(intent);
    boolean opposite = open.isPresent() && Sides.closes(open.get().getSide()) == side;
    if (opposite) {
      Optional<BigDecimal> asked = asked(intent, view, open.get());
      if (asked.isPresent() && asked.get().compareTo(open.get().getQuantity()) <= 0) {
        return close(view, side, asked);
      }
    }
    return enter(intent, side, view, nowMs);
  }

  /** Returns the side of the order that an intent names itself; CLOSE and HOLD name none. */
  public static Optional<OrderSide> namedSide(IntentAction action) {
    return switch (action) {
      case OPEN_LONG, BUY -> Optional.of(OrderSide.BUY);
      case OPEN_SHORT, SELL -> Optional.of(OrderSide.SELL);
      case CLOSE, HOLD, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static OrderSide side(TradeIntent intent) {
    return namedSide(intent.getAction())
        .orElseThrow(() -> new IllegalArgumentException("no side in " + intent.getAction()));
  }

  private static boolean asksForLess(TradeIntent intent) {
    return intent.getAction() == IntentAction.CLOSE || intent.getReduceOnly();
  }

  private static boolean reduces(TradeIntent intent, PositionLedger row) {
    return intent.getAction() == IntentAction.CLOSE || Sides.closes(row.getSide()) == side(intent);
  }

  private static GateResult<BridgePass> close(
      BridgeView view, OrderSide side, Optional<BigDecimal> quantity) {
    return view.tradingState() == TradingState.HALTED
        ? GateResult.denied(ReasonCode.TRADING_HALTED, tradingState(view))
        : GateResult.granted(new BridgePass.Close(side, quantity));
  }

  /**
   * The size of an intent against an open position. It is reckoned with the last price, however old
   * its market state is, else with the price that the sender saw, else with the entry price: what
   * gates entries does not hold back a close, and an estimate can close too little at worst, never
   * more than is open. For the same reason leverage out of range is brought into range here. It is
   * rounded down to the exchange's step, as the order would be.
   */
  private static Optional<BigDecimal> asked(
      TradeIntent intent, BridgeView view, PositionLedger row) {
    BigDecimal price =
        view.state()
            .map(MarketState::getLastPrice)
            .filter(Decimals::isPositive)
            .or(() -> Optional.ofNullable(intent.getPrice()))
            .orElse(row.getEntryPrice());
    BigDecimal leverage =
        BigDecimal.valueOf(Leverage.clamped(intent, view.policy().policy(), view.instrument()));
    Optional<BigDecimal> asked =
        AskedQuantity.of(intent, leverage, price, Optional.of(row.getQuantity()));
    return view.instrument()
        .filter(instrument -> Decimals.isPositive(instrument.getStepSize()))
        .map(instrument -> asked.map(q -> Decimals.floorTo(q, instrument.getStepSize())))
        .orElse(asked);
  }

  private static GateResult<BridgePass> enter(
      TradeIntent intent, OrderSide side, BridgeView view, long nowMs) {
    return IntentValidator.firstOf(
            () -> checkTradingState(view),
            () -> SymbolLocks.ofEntries(view.locks(), intent.getSymbol(), nowMs),
            () -> EntryGates.checkPolicy(view),
            () -> EntryGates.checkInstrument(view),
            () -> EntryGates.checkUniverse(intent.getSymbol(), view, nowMs),
            () -> EntryGates.checkMarketState(view, nowMs),
            () -> EntryGates.checkHold(view),
            () -> checkLedger(intent, side, view),
            () -> EntryGates.checkChurn(view, nowMs))
        .map(GateResult::<BridgePass>denied)
        .orElseGet(() -> GateResult.granted(new BridgePass.Entry(side)));
  }

  private static Optional<Finding> checkTradingState(BridgeView view) {
    return switch (view.tradingState()) {
      case ACTIVE -> Optional.empty();
      case REDUCING -> Optional.of(new Finding(ReasonCode.TRADING_REDUCING, tradingState(view)));
      case HALTED, UNRECOGNIZED ->
          Optional.of(new Finding(ReasonCode.TRADING_HALTED, tradingState(view)));
    };
  }

  private static Optional<Finding> checkLedger(
      TradeIntent intent, OrderSide side, BridgeView view) {
    if (view.open().isPresent()) {
      PositionLedger row = view.open().get();
      Numbers numbers = Numbers.none().and("open", Sides.signedQuantity(row));
      if (row.getSide() == Sides.opens(side)) {
        return Optional.of(new Finding(ReasonCode.ALREADY_OPEN, numbers));
      }
      return Optional.of(
          asked(intent, view, row)
              .map(asked -> new Finding(ReasonCode.LEDGER_FLIP, numbers.and("asked", asked)))
              .orElseGet(() -> new Finding(ReasonCode.SIZE_MISSING, numbers)));
    }
    return view.entryInFlight()
        ? Optional.of(
            new Finding(ReasonCode.ENTRY_IN_FLIGHT, Numbers.none().and("entriesInFlight", 1L)))
        : Optional.empty();
  }

  private static Numbers tradingState(BridgeView view) {
    return Numbers.none().and("tradingState", view.tradingState().name());
  }

  private static Numbers held(Optional<PositionLedger> open) {
    return Numbers.none().and("open", open.map(Sides::signedQuantity).orElse(BigDecimal.ZERO));
  }
}
