package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each account has open and on its way, by what lies on the topics: rows of the ledger, and
 * granted entries without a final result. It never counts more than the gate had to see: a final
 * result counts from when it is written, and a position at the lowest price that a snapshot has
 * lately had of it.
 */
final class AccountHoldings {

  private static final MathContext DIGITS = MathContext.DECIMAL64;

  /** The gate may not have read the last snapshots yet; older ones than this it has. */
  private static final long LATELY_MS = Duration.ofMinutes(30).toMillis();

  private final Map<String, Map<String, PositionLedger>> open = new HashMap<>();
  private final Map<String, Map<String, Reserved>> reserved = new HashMap<>();
  private final Map<String, TreeMap<Long, BigDecimal>> marks = new HashMap<>();

  /** An entry on its way. */
  private static final class Reserved {
    private final ApplyPlan plan;
    private BigDecimal filled = BigDecimal.ZERO;

    private Reserved(ApplyPlan plan) {
      this.plan = plan;
    }

    private BigDecimal unfilled(BigDecimal whole) {
      BigDecimal left = plan.getQuantity().subtract(filled).max(BigDecimal.ZERO);
      return whole.multiply(left).divide(plan.getQuantity(), DIGITS);
    }
  }

  /** Takes a row of the ledger. */
  void ledger(PositionLedger row) {
    Map<String, PositionLedger> of = open.computeIfAbsent(row.getAccount(), any -> new HashMap<>());
    PositionLedger before =
        row.getSide() == PositionSide.FLAT
            ? of.remove(row.getSymbol())
            : of.put(row.getSymbol(), row);
    if (before != null && !before.getPositionId().equals(row.getPositionId())) {
      marks.remove(before.getPositionId());
    }
  }

  /** Takes what a position was valued at. */
  void snapshot(PositionSnapshot snapshot) {
    TreeMap<Long, BigDecimal> of =
        marks.computeIfAbsent(snapshot.getPositionId(), any -> new TreeMap<>());
    of.merge(snapshot.getAsOfMs(), snapshot.getMarkPrice(), BigDecimal::min);
    of.headMap(snapshot.getAsOfMs() - LATELY_MS).clear();
  }

  /** Takes a result that the executor wrote. */
  void result(ApplyResult result) {
    Map<String, Reserved> of = reserved.getOrDefault(result.getAccount(), Map.of());
    Reserved plan = of.get(result.getPlanId());
    if (plan == null) {
      return;
    }
    if (result.getFill() != null) {
      plan.filled = plan.filled.add(result.getFill().getQuantity());
    }
    if (result.getFinalResult()) {
      of.remove(result.getPlanId());
    }
  }

  /** Takes an entry that was granted. */
  void reserve(ApplyPlan entry) {
    reserved
        .computeIfAbsent(entry.getAccount(), any -> new LinkedHashMap<>())
        .put(entry.getPlanId(), new Reserved(entry));
  }

  private Iterable<PositionLedger> positions(String account) {
    return open.getOrDefault(account, Map.of()).values();
  }

  private Iterable<Reserved> reservations(String account) {
    return reserved.getOrDefault(account, Map.of()).values();
  }

  /** Returns the symbols that take a slot. */
  Set<String> slots(String account) {
    Set<String> slots = new HashSet<>();
    positions(account).forEach(row -> slots.add(row.getSymbol()));
    reservations(account).forEach(each -> slots.add(each.plan.getSymbol()));
    return slots;
  }

  /** Returns the margin in use and reserved, quote currency. */
  BigDecimal margin(String account) {
    BigDecimal margin = BigDecimal.ZERO;
    for (PositionLedger row : positions(account)) {
      BigDecimal value = row.getQuantity().multiply(row.getEntryPrice());
      margin = margin.add(value.divide(BigDecimal.valueOf(row.getLeverage()), DIGITS));
    }
    for (Reserved each : reservations(account)) {
      margin = margin.add(each.unfilled(each.plan.getMargin()));
    }
    return margin;
  }

  /**
   * Returns the least that positions and reservations can be worth together, quote currency.
   *
   * @param nowMs the account's clock, epoch ms
   */
  BigDecimal notional(String account, long nowMs) {
    BigDecimal notional = BigDecimal.ZERO;
    for (PositionLedger row : positions(account)) {
      notional = notional.add(row.getQuantity().multiply(lowest(row, nowMs)));
    }
    for (Reserved each : reservations(account)) {
      notional = notional.add(each.unfilled(each.plan.getNotional()));
    }
    return notional;
  }

  /** A position stands at its entry price until its first snapshot is read. */
  private BigDecimal lowest(PositionLedger row, long nowMs) {
    Map<Long, BigDecimal> seen = marks.getOrDefault(row.getPositionId(), new TreeMap<>());
    BigDecimal lowest = seen.values().stream().min(BigDecimal::compareTo).orElse(null);
    boolean fresh = row.getOpenedAtMs() != null && nowMs - row.getOpenedAtMs() < LATELY_MS;
    return lowest == null || (fresh && row.getEntryPrice().compareTo(lowest) < 0)
        ? row.getEntryPrice()
        : lowest;
  }
}
