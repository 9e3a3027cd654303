package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.decision.Policies;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** What an account is worth and may do, as its last committed records say. */
final class AccountGauges {

  private static final String DEFAULT_POLICY = io.quantumtrader.schemas.policy.Policies.DEFAULT;

  private final MeterRegistry registry;
  private final LongSupplier nowMs;
  private final Map<String, PortfolioState> portfolios = new ConcurrentHashMap<>();
  private final Map<String, TradingState> states = new ConcurrentHashMap<>();
  private final Map<String, Policy> policies = new ConcurrentHashMap<>();

  /**
   * Creates it; an account's gauges appear with its first record.
   *
   * @param nowMs the clock, epoch milliseconds UTC; 0: not known
   */
  AccountGauges(MeterRegistry registry, LongSupplier nowMs) {
    this.registry = registry;
    this.nowMs = nowMs;
  }

  /** Takes an account's last portfolio record. */
  void portfolio(PortfolioState state) {
    if (portfolios.put(state.getAccount(), state) == null) {
      showMoney(state.getAccount());
      showLimits(state.getAccount());
    }
  }

  /** Takes what an operator set. */
  void control(Control control) {
    String account = control.getAccount();
    if (account.equals(Accounts.ALL_ORDERS)) {
      return; // Its trading state holds for nobody.
    }
    if (states.put(account, control.getTradingState()) == null) {
      for (TradingState state : TradingState.values()) {
        Metric.TRADING_STATE.gauge(
            registry, states, known -> known.get(account) == state ? 1 : 0, account, state.name());
      }
    }
  }

  /**
   * Takes a policy record.
   *
   * @param key default or account
   * @param policy what it says; null where it was removed
   */
  void policy(String key, Policy policy) {
    if (policy == null) {
      policies.remove(key);
    } else {
      policies.put(key, policy);
    }
  }

  private void showMoney(String account) {
    show(Metric.EQUITY, account, state -> number(state.getEquity()));
    show(Metric.EQUITY_KNOWN, account, this::equityKnown);
    show(Metric.MARGIN_IN_USE, account, state -> number(state.getMarginInUse()));
    show(Metric.MARGIN_RESERVED, account, state -> number(state.getMarginReserved()));
    show(Metric.REALIZED_PROFIT, account, state -> number(state.getRealizedPnl()));
    show(Metric.FEES, account, state -> number(state.getFees()));
  }

  private void showLimits(String account) {
    show(Metric.OPEN_POSITIONS, account, PortfolioState::getOpenPositions);
    show(Metric.RESERVATIONS, account, PortfolioState::getReservations);
    show(Metric.EXPOSURE, account, state -> number(state.getExposure()));
    show(Metric.MARGIN_RATIO, account, state -> number(state.getMarginRatio()));
    show(Metric.HEAT, account, state -> number(state.getHeat()));
    show(Metric.DRAWDOWN, account, PortfolioState::getDrawdown);
    show(Metric.CONSECUTIVE_LOSSES, account, PortfolioState::getConsecutiveLosses);
    show(
        Metric.ENTRIES_HALTED,
        account,
        state ->
            state.getHaltedUntilMs() != null && state.getHaltedUntilMs() > nowMs.getAsLong()
                ? 1
                : 0);
  }

  private double equityKnown(PortfolioState state) {
    Long asOf = state.getEquityAsOfMs();
    boolean known =
        state.getEquity() != null
            && state.getEquity().signum() > 0
            && asOf != null
            && nowMs.getAsLong() - asOf <= equityMaxAgeMs(state.getAccount());
    return known ? 1 : 0;
  }

  /** By the policy that the gates of this account go by. */
  private long equityMaxAgeMs(String account) {
    return Policies.inForce(
            Optional.ofNullable(policies.get(account)),
            Optional.ofNullable(policies.get(DEFAULT_POLICY)))
        .policy()
        .getEquityMaxAgeMs();
  }

  private void show(Metric metric, String account, ToDoubleFunction<PortfolioState> of) {
    metric.gauge(registry, portfolios, rows -> of.applyAsDouble(rows.get(account)), account);
  }

  private static double number(BigDecimal amount) {
    return amount == null ? Double.NaN : amount.doubleValue();
  }

  private static double number(Double amount) {
    return amount == null ? Double.NaN : amount;
  }
}
