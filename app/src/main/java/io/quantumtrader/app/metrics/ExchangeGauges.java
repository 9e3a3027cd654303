package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the exchange has of an account and should not: positions nobody booked, or without a stop,
 * and a wallet that the books do not explain.
 */
final class ExchangeGauges {

  private static final double MS = 1_000;

  /**
   * What is shown of an account.
   *
   * @param held symbols in which ledger and exchange disagree
   * @param walletDifference wallet less what it should be, quote currency; 0: nothing to report
   * @param unprotectedSinceMs since when each position without a stop has been without, by symbol
   */
  private record Shown(int held, double walletDifference, Map<String, Long> unprotectedSinceMs) {}

  private final MeterRegistry registry;
  private final LongSupplier nowMs;
  private final Map<String, Shown> accounts = new ConcurrentHashMap<>();

  /**
   * Creates it; an account's gauges appear with its first record.
   *
   * @param nowMs the clock, epoch milliseconds UTC; 0: not known
   */
  ExchangeGauges(MeterRegistry registry, LongSupplier nowMs) {
    this.registry = registry;
    this.nowMs = nowMs;
  }

  /** Takes an account as the exchange has it. */
  void account(ExchangeAccount account) {
    String name = account.getAccount();
    Shown before = accounts.get(name);
    Map<String, Long> since = new HashMap<>();
    for (ExchangePosition position : account.getPositions()) {
      if (position.getStopPrice() == null) {
        Long known = before == null ? null : before.unprotectedSinceMs().get(position.getSymbol());
        since.put(position.getSymbol(), known == null ? account.getAsOfMs() : known);
      }
    }
    accounts.put(
        name, new Shown(account.getHolds().size(), walletDifference(account), Map.copyOf(since)));
    if (before == null) {
      Metric.POSITIONS_HELD.gauge(registry, accounts, all -> all.get(name).held(), name);
      Metric.WALLET_DIFFERENCE.gauge(
          registry, accounts, all -> all.get(name).walletDifference(), name);
      Metric.POSITIONS_UNPROTECTED.gauge(
          registry, accounts, all -> all.get(name).unprotectedSinceMs().size(), name);
      Metric.UNPROTECTED_TIME.gauge(registry, accounts, all -> seconds(all.get(name)), name);
    }
  }

  private static double walletDifference(ExchangeAccount account) {
    return account.getWalletDiffersSinceMs() == 0 || account.getWalletExpected() == null
        ? 0
        : account.getWallet().subtract(account.getWalletExpected()).doubleValue();
  }

  private double seconds(Shown shown) {
    return shown.unprotectedSinceMs().values().stream()
        .mapToDouble(sinceMs -> Math.max(0, nowMs.getAsLong() - sinceMs) / MS)
        .max()
        .orElse(0);
  }
}
