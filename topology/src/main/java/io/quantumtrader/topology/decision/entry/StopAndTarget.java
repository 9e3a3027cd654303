package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.ExchangeBounds;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where stop and target of an entry lie.
 *
 * <p>A stop that was sent is kept where it lies on the losing side of the price and above zero, and
 * noted where it is outside the bounds that hold for the others; else the stop distance is ATR x
 * factor / price, the intent's ATR before the state's, within the policy's bounds; else the
 * policy's default. The target lies the reward ratio times as far on the other side, unless one was
 * sent. Prices are rounded to the tick, away from the price, so that a stop never comes closer than
 * was asked.
 *
 * <p>A stop outside the exchange's price band is moved to the band's edge: one that the exchange
 * refuses would close the position at once. A target there is kept and noted. The exchange's rule
 * is for prices of orders, and a target, which executes at the market, has none; should it be
 * refused all the same, the position is still closed at it, by the harvest stage.
 *
 * @param risk stop, target and what they came from
 * @param notes what was passed over, or kept against the bounds
 * @param numbers what the notes do not say by themselves
 */
record StopAndTarget(Risk risk, List<ReasonCode> notes, Numbers numbers) {

  static StopAndTarget of(TradeIntent intent, OrderSide side, BigDecimal price, GovernorView view) {
    return new Finder(intent, side, price, view).find();
  }

  /** A volatility that a stop can be derived from. */
  private record Range(double atr, BigDecimal stopShare, RiskSource source) {}

  private static final class Finder {

    private final TradeIntent intent;
    private final boolean buy;
    private final BigDecimal price;
    private final BigDecimal tick;
    private final Instrument instrument;
    private final Policy policy;
    private final Double stateAtr;
    private final double factor;
    private final List<ReasonCode> notes = new ArrayList<>();
    private Numbers numbers = Numbers.none();

    Finder(TradeIntent intent, OrderSide side, BigDecimal price, GovernorView view) {
      this.intent = intent;
      this.buy = side == OrderSide.BUY;
      this.price = price;
      this.tick = view.instrument().getTickSize();
      this.instrument = view.instrument();
      this.policy = view.policy();
      this.stateAtr = view.state().getAtr();
      this.factor =
          intent.getVolatilityFactor() == null
              ? policy.getVolatilityFactor()
              : intent.getVolatilityFactor();
    }

    StopAndTarget find() {
      Optional<BigDecimal> sent = sentStop();
      Optional<Range> range = range();
      BigDecimal stop = withinBand(sent.orElseGet(() -> derivedStop(range)));
      RiskSource source =
          sent.map(any -> RiskSource.INTENT)
              .orElseGet(() -> range.map(Range::source).orElse(RiskSource.DEFAULT));
      Risk risk =
          Risk.newBuilder()
              .setInitialStop(stop)
              .setTarget(noted(target(stop)).orElse(null))
              .setAtr(range.map(Range::atr).orElse(null))
              .setFactor(factor)
              .setSource(source)
              .build();
      return new StopAndTarget(risk, List.copyOf(notes), numbers);
    }

    private Optional<BigDecimal> sentStop() {
      if (intent.getStopLoss() == null && intent.getStopLossPct() == null) {
        return Optional.empty();
      }
      Optional<BigDecimal> stop =
          Optional.ofNullable(intent.getStopLoss())
              .or(() -> away(intent.getStopLossPct(), buy))
              .filter(this::isStop)
              .map(sent -> toTick(sent, buy))
              .filter(this::isStop)
              .filter(Decimals::fits);
      if (stop.isEmpty()) {
        notes.add(ReasonCode.STOP_DISCARDED);
      }
      stop.ifPresent(this::noteBounds);
      return stop;
    }

    /** A sender's stop is the sender's decision, but a slip of the decimal point should be seen. */
    private void noteBounds(BigDecimal stop) {
      BigDecimal share = Decimals.quotient(price.subtract(stop).abs(), price);
      BigDecimal least = Decimals.ratio(policy.getStopMinPct());
      BigDecimal most = Decimals.ratio(policy.getStopMaxPct());
      if (share.compareTo(least) < 0 || share.compareTo(most) > 0) {
        notes.add(ReasonCode.STOP_OUTSIDE_BOUNDS);
        numbers =
            numbers
                .and("stopDistance", share)
                .and("minimumStopDistance", least)
                .and("maximumStopDistance", most);
      }
    }

    private BigDecimal withinBand(BigDecimal stop) {
      Optional<BigDecimal> edge = ExchangeBounds.stopWithinBand(instrument, price, stop, buy);
      if (edge.isPresent()) {
        notes.add(ReasonCode.STOP_MOVED_INTO_BAND);
        numbers = numbers.and("stopOutsideBand", stop);
      }
      return edge.orElse(stop);
    }

    private Optional<BigDecimal> noted(Optional<BigDecimal> target) {
      Optional<BigDecimal> edge =
          band()
              .filter(
                  limit ->
                      target
                          .filter(at -> buy ? at.compareTo(limit) > 0 : at.compareTo(limit) < 0)
                          .isPresent());
      if (edge.isPresent()) {
        notes.add(ReasonCode.TARGET_OUTSIDE_BAND);
        numbers = numbers.and("targetBand", edge.get());
      }
      return target;
    }

    /** Returns where the band ends on the target's side. */
    private Optional<BigDecimal> band() {
      return buy
          ? ExchangeBounds.highestPrice(instrument, price)
          : ExchangeBounds.lowestPrice(instrument, price);
    }

    private boolean isStop(BigDecimal candidate) {
      return candidate.signum() > 0
          && (buy ? candidate.compareTo(price) < 0 : candidate.compareTo(price) > 0);
    }

    private boolean isTarget(BigDecimal candidate) {
      return candidate.signum() > 0
          && (buy ? candidate.compareTo(price) > 0 : candidate.compareTo(price) < 0);
    }

    /** Returns the price this many percent below, or above, the price. */
    private Optional<BigDecimal> away(double percent, boolean below) {
      BigDecimal share = Decimals.ratio(percent).movePointLeft(2);
      return percent > 0 ? Optional.of(at(share, below)) : Optional.empty();
    }

    private BigDecimal at(BigDecimal share, boolean below) {
      BigDecimal factorOfPrice = BigDecimal.ONE.add(below ? share.negate() : share);
      return Decimals.cash(price.multiply(factorOfPrice));
    }

    private Optional<Range> range() {
      Optional<Range> found =
          range(intent.getAtr(), RiskSource.INTENT_ATR)
              .or(() -> range(stateAtr, RiskSource.STATE_ATR));
      if (intent.getAtr() == null && stateAtr == null) {
        notes.add(ReasonCode.RISK_ATR_MISSING);
      }
      return found;
    }

    private Optional<Range> range(Double atr, RiskSource source) {
      if (atr == null) {
        return Optional.empty();
      }
      Optional<BigDecimal> implied = ImpliedStop.share(atr, factor, price, policy);
      if (implied.isEmpty() && !notes.contains(ReasonCode.RISK_ATR_IMPLAUSIBLE)) {
        notes.add(ReasonCode.RISK_ATR_IMPLAUSIBLE);
      }
      return implied.map(share -> new Range(atr, share, source));
    }

    private BigDecimal derivedStop(Optional<Range> range) {
      BigDecimal share =
          range.map(Range::stopShare).orElseGet(() -> Decimals.ratio(policy.getStopDefaultPct()));
      BigDecimal exact = at(share, buy);
      BigDecimal rounded = toTick(exact, buy).max(tick);
      return isStop(rounded) ? rounded : exact;
    }

    private Optional<BigDecimal> target(BigDecimal stop) {
      if (intent.getTakeProfit() != null || intent.getTakeProfitPct() != null) {
        Optional<BigDecimal> sent =
            Optional.ofNullable(intent.getTakeProfit())
                .or(() -> away(intent.getTakeProfitPct(), !buy))
                .filter(this::isTarget)
                .map(target -> toTick(target, !buy))
                .filter(this::isTarget);
        if (sent.isPresent()) {
          return sent;
        }
        notes.add(ReasonCode.TARGET_DISCARDED);
      }
      BigDecimal distance =
          price.subtract(stop).abs().multiply(Decimals.ratio(policy.getRewardRatio()));
      BigDecimal target = Decimals.cash(buy ? price.add(distance) : price.subtract(distance));
      return Optional.of(target)
          .filter(this::isTarget)
          .map(far -> toTick(far, !buy))
          .filter(this::isTarget)
          .filter(Decimals::fits);
    }

    private BigDecimal toTick(BigDecimal value, boolean down) {
      return down ? Decimals.floorTo(value, tick) : Decimals.ceilTo(value, tick);
    }
  }
}
