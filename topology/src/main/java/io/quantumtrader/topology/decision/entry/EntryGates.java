package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.universe.Universes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The bridge's gates for entries. Each returns why the entry is refused, or empty. */
final class EntryGates {

  private EntryGates() {}

  static Optional<Finding> checkPolicy(BridgeView view) {
    return view.policy().present()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.POLICY_MISSING,
                Numbers.none().and("policyVersion", view.policy().policy().getVersion())));
  }

  /** Filters that cannot be reckoned with, a step of zero for example, are as good as none. */
  static Optional<Finding> checkInstrument(BridgeView view) {
    Optional<Instrument> known = view.instrument().filter(EntryGates::isUsable);
    if (known.isEmpty()) {
      return Optional.of(new Finding(ReasonCode.INSTRUMENT_UNKNOWN, filters(view)));
    }
    return known.get().getStatus() == InstrumentStatus.TRADING
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.INSTRUMENT_NOT_TRADING,
                Numbers.none().and("status", known.get().getStatus().name())));
  }

  private static Numbers filters(BridgeView view) {
    return view.instrument()
        .map(
            row ->
                Numbers.none()
                    .and("stepSize", row.getStepSize())
                    .and("tickSize", row.getTickSize()))
        .orElseGet(() -> Numbers.none().and("instrument", "missing"));
  }

  private static boolean isUsable(Instrument instrument) {
    return Decimals.isPositive(instrument.getStepSize())
        && Decimals.isPositive(instrument.getTickSize());
  }

  /** The policy's own list takes the place of the universe's. */
  static Optional<Finding> checkUniverse(String symbol, BridgeView view, long nowMs) {
    List<String> own = view.policy().policy().getAllowedSymbols();
    List<String> allowed =
        own.isEmpty()
            ? view.top().map(list -> Universes.inForce(list, nowMs)).orElse(List.of())
            : own;
    if (allowed.isEmpty()) {
      return Optional.of(
          new Finding(ReasonCode.UNIVERSE_EMPTY, Numbers.none().and("allowedSymbols", 0L)));
    }
    return allowed.contains(symbol)
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.SYMBOL_NOT_IN_UNIVERSE,
                Numbers.none().and("allowedSymbols", allowed.size())));
  }

  static Optional<Finding> checkMarketState(BridgeView view, long nowMs) {
    if (view.state().isEmpty()) {
      return Optional.of(
          new Finding(ReasonCode.MARKET_STATE_MISSING, Numbers.none().and("state", "missing")));
    }
    MarketState state = view.state().get();
    Policy policy = view.policy().policy();
    long ageMs = nowMs - state.getAsOfMs();
    BigDecimal maximumMs =
        Decimals.ratio(policy.getStateMaxIntervals())
            .multiply(BigDecimal.valueOf(state.getIntervalMs()))
            .add(BigDecimal.valueOf(policy.getStateGraceMs()));
    if (BigDecimal.valueOf(ageMs).compareTo(maximumMs) > 0) {
      return Optional.of(
          new Finding(
              ReasonCode.MARKET_STATE_STALE,
              Numbers.none().and("ageMs", ageMs).and("maximumMs", maximumMs)));
    }
    return state.getPriceSuspect() || !Decimals.isPositive(state.getLastPrice())
        ? Optional.of(
            new Finding(
                ReasonCode.PRICE_SUSPECT, Numbers.none().and("lastPrice", state.getLastPrice())))
        : Optional.empty();
  }

  /** A limit that is reckoned from a wrong position is no limit. */
  static Optional<Finding> checkHold(BridgeView view) {
    return view.hold()
        .map(
            hold ->
                new Finding(
                    ReasonCode.POSITION_HELD,
                    Numbers.none()
                        .and("ledgerQuantity", hold.getLedgerQuantity())
                        .and("exchangeQuantity", hold.getExchangeQuantity())
                        .and("sinceMs", hold.getSinceMs())));
  }

  static Optional<Finding> checkChurn(BridgeView view, long nowMs) {
    Optional<Long> flatSinceMs = view.ledger().map(PositionLedger::getFlatSinceMs);
    if (flatSinceMs.isEmpty()) {
      return Optional.empty();
    }
    long flatMs = nowMs - flatSinceMs.get();
    long minimumMs = view.policy().policy().getChurnMs();
    return flatMs >= minimumMs
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.CHURN_COOLDOWN,
                Numbers.none().and("flatMs", flatMs).and("minimumMs", minimumMs)));
  }
}
