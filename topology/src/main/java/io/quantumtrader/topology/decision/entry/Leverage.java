package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.ExchangeBounds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leverage of an order: a whole number, as the exchange takes it.
 *
 * @param value 1 to 125
 * @param notes what was changed about the one asked for
 */
record Leverage(int value, List<ReasonCode> notes) {

  static final int MINIMUM = 1;
  static final int MAXIMUM = 125;

  /** Returns what was asked for, or the policy's default where nothing was, or 0. */
  static double asked(TradeIntent intent, Policy policy) {
    Double sent = intent.getLeverage();
    return sent == null || sent == 0 ? policy.getLeverageDefault() : sent;
  }

  /** Returns whether a leverage is one at all: 1 to 125. */
  static boolean isInRange(double leverage) {
    return leverage >= MINIMUM && leverage <= MAXIMUM;
  }

  /**
   * Caps a leverage at what policy and instrument allow and drops its fraction.
   *
   * @param asked 1 to 125
   */
  static Leverage of(double asked, Policy policy, Instrument instrument) {
    List<ReasonCode> notes = new ArrayList<>();
    double maximum = Math.min(policy.getLeverageMax(), instrument.getMaxLeverage());
    double capped = Math.max(MINIMUM, Math.min(asked, maximum));
    if (capped < asked) {
      notes.add(ReasonCode.LEVERAGE_CAPPED);
    }
    int whole = (int) capped;
    if (whole < capped) {
      notes.add(ReasonCode.LEVERAGE_ROUNDED);
    }
    return new Leverage(whole, List.copyOf(notes));
  }

  /**
   * Returns the leverage that the exchange allows for a position of this value, if it is lower.
   *
   * @param notional quote currency, 0 or more
   */
  Leverage within(Instrument instrument, BigDecimal notional) {
    Optional<Integer> highest =
        ExchangeBounds.highestLeverage(instrument, notional).filter(most -> most < value);
    if (highest.isEmpty()) {
      return this;
    }
    List<ReasonCode> all = new ArrayList<>(notes);
    all.add(ReasonCode.LEVERAGE_CAPPED_BRACKET);
    return new Leverage(highest.get(), List.copyOf(all));
  }

  /** Returns the leverage that an order would get, whatever was asked for. */
  static int clamped(TradeIntent intent, Policy policy, Optional<Instrument> instrument) {
    double maximum =
        Math.min(
            policy.getLeverageMax(),
            instrument.map(Instrument::getMaxLeverage).orElse(MAXIMUM).doubleValue());
    return (int) Math.max(MINIMUM, Math.min(asked(intent, policy), maximum));
  }
}
