package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.GateResult;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.portfolio.Halts;
import io.quantumtrader.topology.decision.portfolio.Holdings;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * P3.3: is there room for an entry? Reservations count like positions and the order itself is
 * counted in, so a limit holds whatever is in flight. Limits are compared as products, not as
 * rounded ratios.
 */
public final class PortfolioGate {

  private PortfolioGate() {}

  /**
   * What the gate looked at for one entry.
   *
   * @param policy policy that holds
   * @param portfolio money and halts as of the last step of the clock, where they are known
   * @param holdings positions and reservations of this moment
   */
  public record View(Policy policy, Optional<PortfolioState> portfolio, Holdings holdings) {}

  /**
   * Returns whether there is room, and if there is the numbers that say how much was taken.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static GateResult<Numbers> rule(SizedEntry entry, View view, long nowMs) {
    Optional<Finding> unknown = checkEquity(view, nowMs);
    if (unknown.isPresent()) {
      return GateResult.denied(unknown.get());
    }
    PortfolioState portfolio = view.portfolio().orElseThrow();
    BigDecimal equity = portfolio.getEquity();
    return IntentValidator.firstOf(
            () -> checkSlots(view),
            () -> checkExposure(entry, view, equity),
            () -> checkMarginRatio(entry, view, equity),
            () -> checkHalt(portfolio, view.policy(), nowMs))
        .map(GateResult::<Numbers>denied)
        .orElseGet(
            () ->
                GateResult.granted(
                    slots(view)
                        .and(exposure(entry, view, equity))
                        .and(marginRatio(entry, view, equity))
                        .and("equity", equity)));
  }

  private static Optional<Finding> checkEquity(View view, long nowMs) {
    Optional<PortfolioState> portfolio = view.portfolio();
    BigDecimal equity = portfolio.map(PortfolioState::getEquity).orElse(null);
    Long asOfMs = portfolio.map(PortfolioState::getEquityAsOfMs).orElse(null);
    if (equity == null || asOfMs == null) {
      return unknown(Numbers.none().and("equity", "unknown"));
    }
    long ageMs = nowMs - asOfMs;
    long maximumMs = view.policy().getEquityMaxAgeMs();
    return Decimals.isPositive(equity) && ageMs <= maximumMs
        ? Optional.empty()
        : unknown(
            Numbers.none().and("equity", equity).and("ageMs", ageMs).and("maximumMs", maximumMs));
  }

  private static Optional<Finding> unknown(Numbers numbers) {
    return Optional.of(new Finding(ReasonCode.EQUITY_UNKNOWN, numbers));
  }

  private static Optional<Finding> checkSlots(View view) {
    return view.holdings().slots() < view.policy().getMaxPositions()
        ? Optional.empty()
        : Optional.of(new Finding(ReasonCode.POSITION_LIMIT, slots(view)));
  }

  private static Optional<Finding> checkExposure(SizedEntry entry, View view, BigDecimal equity) {
    BigDecimal maximum = equity.multiply(Decimals.ratio(view.policy().getMaxExposure()));
    return marginAfter(entry, view).compareTo(maximum) <= 0
        ? Optional.empty()
        : Optional.of(new Finding(ReasonCode.EXPOSURE_LIMIT, exposure(entry, view, equity)));
  }

  private static Optional<Finding> checkMarginRatio(
      SizedEntry entry, View view, BigDecimal equity) {
    BigDecimal minimum =
        notionalAfter(entry, view).multiply(Decimals.ratio(view.policy().getMinMarginRatio()));
    return equity.compareTo(minimum) >= 0
        ? Optional.empty()
        : Optional.of(new Finding(ReasonCode.MARGIN_RATIO_LIMIT, marginRatio(entry, view, equity)));
  }

  private static Optional<Finding> checkHalt(PortfolioState portfolio, Policy policy, long nowMs) {
    Long untilMs = portfolio.getHaltedUntilMs();
    if (untilMs == null || untilMs <= nowMs) {
      return Halts.streak(portfolio, policy, nowMs)
          .map(halt -> halted(portfolio, halt.code(), halt.untilMs(), nowMs));
    }
    ReasonCode code =
        ReasonCode.named(portfolio.getHaltCode())
            .orElseThrow(
                () -> new IllegalStateException("halt without a code: " + portfolio.getHaltCode()));
    return Optional.of(halted(portfolio, code, untilMs, nowMs));
  }

  private static Finding halted(
      PortfolioState portfolio, ReasonCode code, long untilMs, long nowMs) {
    return new Finding(
        code,
        Numbers.none()
            .and("haltedUntilMs", untilMs)
            .and("nowMs", nowMs)
            .and("drawdown", portfolio.getDrawdown())
            .and("consecutiveLosses", portfolio.getConsecutiveLosses()));
  }

  private static BigDecimal marginAfter(SizedEntry entry, View view) {
    return view.holdings().margin().add(entry.margin());
  }

  private static BigDecimal notionalAfter(SizedEntry entry, View view) {
    return view.holdings().grossNotional().add(entry.notional());
  }

  private static Numbers slots(View view) {
    Holdings holdings = view.holdings();
    return Numbers.none()
        .and("positions", holdings.openPositions())
        .and("reservations", holdings.reservations())
        .and("maximumPositions", view.policy().getMaxPositions());
  }

  private static Numbers exposure(SizedEntry entry, View view, BigDecimal equity) {
    return Numbers.none()
        .and("exposure", Decimals.quotient(marginAfter(entry, view), equity))
        .and("maximumExposure", view.policy().getMaxExposure());
  }

  private static Numbers marginRatio(SizedEntry entry, View view, BigDecimal equity) {
    return Numbers.none()
        .and("marginRatio", Decimals.quotient(equity, notionalAfter(entry, view)))
        .and("minimumMarginRatio", view.policy().getMinMarginRatio());
  }
}
