package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.view.AccountRow.Gauge;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.TradingStates;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The accounts' money, and how near each is to its limits. */
public final class AccountView {

  private static final String COUNT = "count";
  private static final String SHARE = "share";

  private AccountView() {}

  /** Returns the accounts that have a portfolio, by name. */
  public static List<AccountRow> rows(Pages pages, Scope scope) {
    return pages.tables().rows(Topic.PORTFOLIO_STATE, PortfolioState.class).stream()
        .filter(state -> scope.has(state.getAccount()))
        .map(state -> row(pages, state))
        .toList();
  }

  /** Returns the trading state that holds for an account. */
  public static TradingState tradingState(Pages pages, String account) {
    return TradingStates.inForce(
        control(pages, Accounts.ALL).map(Control::getTradingState),
        control(pages, account).map(Control::getTradingState));
  }

  private static Optional<Control> control(Pages pages, String key) {
    return pages.tables().row(Topic.CONTROL, key, Control.class);
  }

  private static AccountRow row(Pages pages, PortfolioState state) {
    String account = state.getAccount();
    Policy policy = pages.policy(account).policy();
    TradingState trading = tradingState(pages, account);
    BigDecimal equity = state.getEquity();
    BigDecimal dayFirst = state.getDayFirstEquity();
    boolean halted =
        state.getHaltedUntilMs() != null && state.getHaltedUntilMs() > state.getAsOfMs();
    return new AccountRow(
        account,
        trading.name(),
        stateReason(pages, account, trading),
        state.getWallet(),
        equity,
        state.getUnrealizedPnl(),
        equity == null || dayFirst == null ? null : equity.subtract(dayFirst),
        state.getRealizedPnl().subtract(state.getFees()),
        state.getOpenPositions(),
        state.getReservations(),
        state.getHeat(),
        state.getHeatLevel(),
        halted ? state.getHaltedUntilMs() : null,
        halted ? state.getHaltCode() : "",
        policy.getName(),
        policy.getVersion(),
        gauges(state, policy),
        state.getAsOfMs());
  }

  /** The reason of the record that makes it what it is; of both, where both do, the account's. */
  private static String stateReason(Pages pages, String account, TradingState trading) {
    return control(pages, account)
        .filter(own -> own.getTradingState() == trading)
        .or(() -> control(pages, Accounts.ALL).filter(all -> all.getTradingState() == trading))
        .map(Control::getReason)
        .orElse("");
  }

  private static List<Gauge> gauges(PortfolioState state, Policy policy) {
    return List.of(
        most(
            "slots",
            (double) state.getOpenPositions() + state.getReservations(),
            policy.getMaxPositions(),
            COUNT),
        most("exposure", state.getExposure(), policy.getMaxExposure(), SHARE),
        least("marginRatio", state.getMarginRatio(), policy.getMinMarginRatio()),
        most("dailyLoss", dailyLoss(state), policy.getMaxDailyLoss(), SHARE),
        most("drawdown", state.getDrawdown(), policy.getMaxDrawdown(), SHARE),
        most(
            "lossStreak",
            (double) state.getConsecutiveLosses(),
            policy.getMaxConsecutiveLosses(),
            COUNT));
  }

  private static Double dailyLoss(PortfolioState state) {
    BigDecimal first = state.getDayFirstEquity();
    if (state.getEquity() == null || first == null || first.signum() <= 0) {
      return null;
    }
    double lost = first.subtract(state.getEquity()).doubleValue() / first.doubleValue();
    return Math.max(0, lost);
  }

  private static Gauge most(String name, Double value, double limit, String unit) {
    Double used = value == null || limit <= 0 ? null : value / limit;
    return new Gauge(name, value, limit, false, unit, used);
  }

  /** Of a least, the limit over the value is what is used up; nothing where nothing is open. */
  private static Gauge least(String name, Double value, double limit) {
    Double used = value == null || value <= 0 ? null : limit / value;
    return new Gauge(name, value, limit, true, SHARE, used);
  }
}
