package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides how much an entry may be, and where its stop and target lie. */
public final class Governor {

  static final long HOUR_MS = 3_600_000;
  static final long FIVE_MINUTES_MS = 300_000;

  private Governor() {}

  /**
   * Returns the sized entry, or why there is none.
   *
   * @param side BUY or SELL
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<SizedEntry> rule(
      TradeIntent intent, OrderSide side, GovernorView view, long nowMs) {
    double askedLeverage = Leverage.asked(intent, view.policy());
    if (!Leverage.isInRange(askedLeverage)) {
      return GateResult.denied(
          ReasonCode.LEVERAGE_OUT_OF_RANGE,
          Numbers.none()
              .and("leverage", askedLeverage)
              .and("minimum", Leverage.MINIMUM)
              .and("maximum", Leverage.MAXIMUM));
    }
    Leverage leverage = Leverage.of(askedLeverage, view.policy(), view.instrument());
    BigDecimal price = view.state().getLastPrice();
    StopAndTarget protection = StopAndTarget.of(intent, side, price, view);
    return size(intent, leverage, protection, view)
        .then(
            first -> {
              Leverage allowed =
                  leverage.within(view.instrument(), first.quantity().multiply(price));
              // A size that is margin x leverage becomes smaller with it, and never larger.
              return (allowed.equals(leverage)
                      ? GateResult.granted(first)
                      : size(intent, allowed, protection, view))
                  .then(size -> rated(sized(side, view, allowed, size, protection), view, nowMs));
            });
  }

  private static GateResult<EntrySize.Sized> size(
      TradeIntent intent, Leverage leverage, StopAndTarget protection, GovernorView view) {
    BigDecimal price = view.state().getLastPrice();
    Optional<BigDecimal> sent =
        AskedQuantity.of(intent, BigDecimal.valueOf(leverage.value()), price, Optional.empty());
    Optional<BigDecimal> asked = sent.or(() -> RiskSize.of(intent, protection, view));
    if (asked.isEmpty()) {
      return GateResult.denied(ReasonCode.SIZE_MISSING, RiskSize.missing(intent, view));
    }
    if (!Decimals.fits(asked.get()) || !Decimals.fits(price.add(price))) {
      return GateResult.denied(
          ReasonCode.NUMBER_INVALID,
          Numbers.none().and("quantity", asked.get()).and("price", price));
    }
    return EntrySize.rule(asked.get(), view)
        .then(size -> GateResult.granted(sent.isPresent() ? size : RiskSize.noted(size, view)));
  }

  private static GateResult<SizedEntry> rated(SizedEntry entry, GovernorView view, long nowMs) {
    return checkRates(view, nowMs)
        .map(GateResult::<SizedEntry>denied)
        .orElseGet(() -> GateResult.granted(entry));
  }

  private static SizedEntry sized(
      OrderSide side,
      GovernorView view,
      Leverage leverage,
      EntrySize.Sized size,
      StopAndTarget protection) {
    BigDecimal price = view.state().getLastPrice();
    BigDecimal notional = Decimals.cash(size.quantity().multiply(price));
    BigDecimal margin = Decimals.quotient(notional, BigDecimal.valueOf(leverage.value()));
    List<ReasonCode> notes = new ArrayList<>(leverage.notes());
    notes.addAll(size.notes());
    notes.addAll(protection.notes());
    Numbers numbers =
        size.numbers()
            .and("price", price)
            .and("leverage", leverage.value())
            .and("notional", notional)
            .and("margin", margin)
            .and("killScore", view.killScore())
            .and("stop", protection.risk().getInitialStop());
    if (protection.risk().getTarget() != null) {
      numbers = numbers.and("target", protection.risk().getTarget());
    }
    return new SizedEntry(
        side,
        size.quantity(),
        price,
        leverage.value(),
        notional,
        margin,
        protection.risk(),
        view.killScore(),
        List.copyOf(notes),
        numbers.and(protection.numbers()).andNotes(notes));
  }

  private static Optional<Finding> checkRates(GovernorView view, long nowMs) {
    Policy policy = view.policy();
    return checkRate(
            ReasonCode.RATE_HOURLY, HOUR_MS, policy.getEntriesPerHour(), view.grantedAtMs(), nowMs)
        .or(
            () ->
                checkRate(
                    ReasonCode.RATE_BURST,
                    FIVE_MINUTES_MS,
                    policy.getEntriesPerFiveMinutes(),
                    view.grantedAtMs(),
                    nowMs));
  }

  private static Optional<Finding> checkRate(
      ReasonCode code, long windowMs, int maximum, List<Long> grantedAtMs, long nowMs) {
    long granted = grantedAtMs.stream().filter(at -> nowMs - at < windowMs).count();
    return granted < maximum
        ? Optional.empty()
        : Optional.of(
            new Finding(
                code,
                Numbers.none()
                    .and("granted", granted)
                    .and("maximum", maximum)
                    .and("windowMs", windowMs)));
  }
}
