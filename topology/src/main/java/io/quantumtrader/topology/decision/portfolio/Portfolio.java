package io.quantumtrader.topology.decision.portfolio;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.topology.decision.Copies;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An account's money. Equity, its day and peak and the halts that hang on them are reckoned when
 * the clock passes, not with each snapshot, so that a replay comes to the same; positions and
 * reservations count at once.
 *
 * <p>{@code asOfMs} of the state is the step at which it was last published.
 */
public final class Portfolio {

  static final long DAY_MS = 86_400_000;
  static final long HEARTBEAT_MS = 60_000;

  private Portfolio() {}

  /**
   * The account after a step of the clock.
   *
   * @param state what to keep
   * @param publish whether it changed, or has not been published for a minute
   * @param haltBegan the halt that began with this step
   */
  public record Evaluation(PortfolioState state, boolean publish, Optional<Halt> haltBegan) {

    /** Returns the evaluation with another state. */
    public Evaluation with(PortfolioState other) {
      return new Evaluation(other, publish, haltBegan);
    }
  }

  /** Returns the account at this step of the clock, epoch ms. */
  public static Evaluation atClock(AccountView view, long nowMs) {
    PortfolioState before = view.before().orElseGet(() -> unknown(view.account()));
    PortfolioState.Builder state = withHoldings(withEquity(before, view), view);
    Optional<Halt> halt = Halts.newStreak(state, view.policy(), nowMs);
    if (isFresh(state, view, nowMs)) {
      withDayAndPeak(state, nowMs);
      halt = halt.or(() -> Halts.atClock(state, view.policy(), nowMs));
    } else {
      startDay(state, nowMs);
    }
    Halts.apply(state, halt, nowMs);
    boolean publish =
        view.before().isEmpty()
            || nowMs - before.getAsOfMs() >= HEARTBEAT_MS
            || isChanged(before, state);
    state.setAsOfMs(publish ? nowMs : before.getAsOfMs());
    return new Evaluation(Decimals.requireFit(state.build()), publish, halt);
  }

  /** Returns the account right after a grant or a booked fill; its equity stays as it was. */
  public static PortfolioState afterChange(AccountView view, long nowMs) {
    PortfolioState before = view.before().orElseGet(() -> unknown(view.account()));
    return Decimals.requireFit(
        withHoldings(Copies.of(before, PortfolioState.newBuilder()), view)
            .setAsOfMs(nowMs)
            .build());
  }

  /** Returns an account of which nothing is known. */
  public static PortfolioState unknown(String account) {
    return PortfolioState.newBuilder()
        .setAccount(account)
        .setAsOfMs(0)
        .setUnrealizedPnl(Decimals.ZERO)
        .setOpenPositions(0)
        .setReservations(0)
        .setMarginInUse(Decimals.ZERO)
        .setMarginReserved(Decimals.ZERO)
        .setGrossNotional(Decimals.ZERO)
        .setRealizedPnl(Decimals.ZERO)
        .setFees(Decimals.ZERO)
        .build();
  }

  /** Equity is as old as its oldest input. */
  private static PortfolioState.Builder withEquity(PortfolioState before, AccountView view) {
    PortfolioState.Builder state = Copies.of(before, PortfolioState.newBuilder());
    BigDecimal unrealized =
        view.positions().stream()
            .map(ValuedPosition::unrealizedPnl)
            .reduce(Decimals.ZERO, BigDecimal::add);
    state.setUnrealizedPnl(unrealized);
    if (view.exchange().isEmpty()) {
      return state.setWallet(null).setEquity(null).setEquityAsOfMs(null);
    }
    ExchangeAccount exchange = view.exchange().get();
    long asOfMs =
        view.positions().stream()
            .mapToLong(ValuedPosition::asOfMs)
            .reduce(exchange.getAsOfMs(), Math::min);
    return state
        .setWallet(exchange.getWallet())
        .setEquity(exchange.getWallet().add(unrealized))
        .setEquityAsOfMs(asOfMs);
  }

  private static PortfolioState.Builder withHoldings(
      PortfolioState.Builder state, AccountView view) {
    Holdings holdings = view.holdings();
    Totals totals = Totals.of(view.rows());
    BigDecimal equity = state.getEquity();
    return state
        .setOpenPositions(holdings.openPositions())
        .setReservations(holdings.reservations())
        .setMarginInUse(holdings.marginInUse())
        .setMarginReserved(holdings.marginReserved())
        .setGrossNotional(holdings.grossNotional())
        .setExposure(share(holdings.margin(), equity))
        .setMarginRatio(equity == null ? null : share(equity, holdings.grossNotional()))
        .setRealizedPnl(totals.realizedPnl())
        .setFees(totals.fees())
        .setTradeCount(totals.tradeCount());
  }

  private static Double share(BigDecimal part, BigDecimal whole) {
    return whole == null || !Decimals.isPositive(whole)
        ? null
        : Decimals.quotient(part, whole).doubleValue();
  }

  private static boolean isFresh(PortfolioState.Builder state, AccountView view, long nowMs) {
    return state.getEquity() != null
        && Decimals.isPositive(state.getEquity())
        && nowMs - state.getEquityAsOfMs() <= view.policy().getEquityMaxAgeMs();
  }

  /** A new UTC day has no first equity until a fresh one is known. */
  private static void startDay(PortfolioState.Builder state, long nowMs) {
    long dayStartMs = nowMs - nowMs % DAY_MS;
    if (state.getDayStartMs() != dayStartMs) {
      state.setDayStartMs(dayStartMs).setDayFirstEquity(null);
    }
  }

  private static void withDayAndPeak(PortfolioState.Builder state, long nowMs) {
    startDay(state, nowMs);
    BigDecimal equity = state.getEquity();
    if (state.getDayFirstEquity() == null) {
      state.setDayFirstEquity(equity);
    }
    BigDecimal peak = state.getPeakEquity() == null ? equity : state.getPeakEquity().max(equity);
    state
        .setPeakEquity(peak)
        .setDrawdown(Decimals.quotient(peak.subtract(equity), peak).doubleValue());
  }

  /** The age of equity alone is not a change: the heartbeat carries it. */
  private static boolean isChanged(PortfolioState before, PortfolioState.Builder state) {
    PortfolioState same =
        Copies.of(state.build(), PortfolioState.newBuilder())
            .setAsOfMs(before.getAsOfMs())
            .setEquityAsOfMs(before.getEquityAsOfMs())
            .build();
    return !same.equals(before);
  }
}
