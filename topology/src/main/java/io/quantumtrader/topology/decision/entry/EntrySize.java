package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.ExchangeBounds;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the quantity asked for to the quantity ordered: scaled down by the kill score, capped by
 * order, by symbol and by what the exchange takes, rounded down to the step, and held against the
 * exchange's minimum.
 */
final class EntrySize {

  /**
   * The quantity to order.
   *
   * @param quantity base units, above 0, a multiple of the step
   */
  record Sized(BigDecimal quantity, List<ReasonCode> notes, Numbers numbers) {}

  private final GovernorView view;
  private final BigDecimal price;
  private final List<ReasonCode> notes = new ArrayList<>();
  private Numbers numbers;

  private EntrySize(BigDecimal asked, GovernorView view) {
    this.view = view;
    this.price = view.state().getLastPrice();
    this.numbers = Numbers.none().and("asked", asked);
  }

  /** Returns the size of an order for which this quantity was asked, base units, above 0. */
  static GateResult<Sized> rule(BigDecimal asked, GovernorView view) {
    return new EntrySize(asked, view).rule(asked);
  }

  private GateResult<Sized> rule(BigDecimal asked) {
    BigDecimal capped = capByExchange(capByShare(capByOrder(scaleByKillScore(asked))));
    Instrument instrument = view.instrument();
    BigDecimal rounded = Decimals.floorTo(capped, instrument.getStepSize());
    if (rounded.signum() <= 0 || rounded.compareTo(instrument.getMinQuantity()) < 0) {
      BigDecimal minimum = instrument.getMinQuantity().max(instrument.getStepSize());
      return denied(
          ReasonCode.MIN_QUANTITY,
          Numbers.none().and("quantity", rounded).and("minimum", minimum).and(numbers));
    }
    if (notional(rounded).compareTo(instrument.getMinNotional()) >= 0) {
      return sized(rounded);
    }
    return upsized()
        .map(this::sized)
        .orElseGet(
            () ->
                denied(
                    ReasonCode.MIN_NOTIONAL,
                    Numbers.none()
                        .and("notional", notional(rounded))
                        .and("minimum", instrument.getMinNotional())
                        .and(numbers)));
  }

  /** Above the threshold the quantity falls with exp(-alpha x excess), to the floor at least. */
  private BigDecimal scaleByKillScore(BigDecimal quantity) {
    Policy policy = view.policy();
    double excess = view.killScore() - policy.getKillOpenThreshold();
    if (excess <= 0) {
      return quantity;
    }
    double falling = Math.exp(-policy.getKillScaleAlpha() * excess);
    double scale = Math.min(1.0, Math.max(policy.getKillScaleFloor(), falling));
    notes.add(ReasonCode.QUANTITY_SCALED_KILL);
    numbers = numbers.and("killScale", scale);
    return Decimals.quantity(quantity.multiply(Decimals.ratio(scale)));
  }

  private BigDecimal capByOrder(BigDecimal quantity) {
    BigDecimal maximum = orderMaximum();
    return cap(quantity, maximum, ReasonCode.QUANTITY_CAPPED_NOTIONAL, "maximumNotional");
  }

  private BigDecimal capByShare(BigDecimal quantity) {
    return shareMaximum()
        .map(maximum -> cap(quantity, maximum, ReasonCode.QUANTITY_CAPPED_SHARE, "maximumInSymbol"))
        .orElse(quantity);
  }

  /** What the exchange takes: in one market order, and as a position at any leverage. */
  private BigDecimal capByExchange(BigDecimal quantity) {
    BigDecimal held =
        ExchangeBounds.largestPosition(view.instrument())
            .map(
                maximum ->
                    cap(quantity, maximum, ReasonCode.QUANTITY_CAPPED_BRACKET, "maximumPosition"))
            .orElse(quantity);
    Optional<BigDecimal> largest =
        ExchangeBounds.largestOrder(view.instrument()).filter(most -> held.compareTo(most) > 0);
    if (largest.isEmpty()) {
      return held;
    }
    notes.add(ReasonCode.QUANTITY_CAPPED_MARKET);
    numbers = numbers.and("maximumMarketQuantity", largest.get());
    return largest.get();
  }

  private BigDecimal cap(
      BigDecimal quantity, BigDecimal maximumNotional, ReasonCode note, String name) {
    if (notional(quantity).compareTo(maximumNotional) <= 0) {
      return quantity;
    }
    notes.add(note);
    numbers = numbers.and(name, maximumNotional);
    return Decimals.quotientDown(maximumNotional, price);
  }

  private BigDecimal orderMaximum() {
    return Decimals.ratio(view.policy().getMaxNotionalPerOrder());
  }

  /**
   * The bridge lets nothing in where something is open or on its way, so the order is all that the
   * symbol will have. Without equity, or with none left, there is no share to tell, and the
   * portfolio gate denies the entry for that reason.
   */
  private Optional<BigDecimal> shareMaximum() {
    BigDecimal share = Decimals.ratio(view.policy().getMaxSymbolShare());
    return view.equity().filter(Decimals::isPositive).map(equity -> equity.multiply(share));
  }

  private Optional<BigDecimal> upsized() {
    if (!view.policy().getAllowUpsize()) {
      return Optional.empty();
    }
    Instrument instrument = view.instrument();
    BigDecimal enough = instrument.getMinNotional().divide(price, 36, RoundingMode.UP);
    BigDecimal raised = Decimals.ceilTo(enough, instrument.getStepSize());
    BigDecimal notional = notional(raised);
    boolean exchangeRefuses =
        ExchangeBounds.largestOrder(instrument)
                .filter(most -> raised.compareTo(most) > 0)
                .isPresent()
            || ExchangeBounds.largestPosition(instrument)
                .filter(most -> notional.compareTo(most) > 0)
                .isPresent();
    if (exchangeRefuses
        || notional.compareTo(orderMaximum()) > 0
        || shareMaximum().filter(maximum -> notional.compareTo(maximum) > 0).isPresent()) {
      return Optional.empty();
    }
    notes.add(ReasonCode.QUANTITY_UPSIZED);
    return Optional.of(raised);
  }

  private BigDecimal notional(BigDecimal quantity) {
    return quantity.multiply(price);
  }

  private GateResult<Sized> sized(BigDecimal quantity) {
    return GateResult.granted(
        new Sized(
            quantity, List.copyOf(notes), Numbers.none().and("quantity", quantity).and(numbers)));
  }

  private GateResult<Sized> denied(ReasonCode code, Numbers why) {
    return GateResult.denied(code, why.andNotes(notes));
  }
}
