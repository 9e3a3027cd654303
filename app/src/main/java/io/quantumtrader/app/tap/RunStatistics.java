package io.quantumtrader.app.tap;

import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.replay.result.ClosingFills;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Counts what a run comes to, from committed records alone. Records that lay on the topics before
 * the run give the balance it starts from.
 */
public final class RunStatistics implements Consumer<TappedRecord> {

  private final Map<Topic, Long> counts = new EnumMap<>(Topic.class);
  private final TreeMap<String, Long> denials = new TreeMap<>();
  private final TreeMap<String, Long> held = new TreeMap<>();
  private final TreeMap<String, Long> closes = new TreeMap<>();
  private final ClosingFills closingFills = new ClosingFills();
  private final Map<String, PositionLedger> ledgers = new HashMap<>();
  private final Map<String, PositionSnapshot> snapshots = new HashMap<>();
  private final Map<String, BigDecimal> wallets = new HashMap<>();
  private final Map<String, BigDecimal> firstWallets = new HashMap<>();
  private final Map<String, Integer> open = new HashMap<>();
  private long intentPlans;
  private long exitPlans;
  private long fills;
  private int maxOpen;
  private final Map<String, PositionLedger> ledgersBefore = new HashMap<>();
  private final Map<String, PositionSnapshot> snapshotsBefore = new HashMap<>();
  private long firstNanos;
  private long lastNanos;

  @Override
  public synchronized void accept(TappedRecord record) {
    record.value().ifPresentOrElse(value -> apply(record, value), () -> remove(record));
    if (record.earlier()) {
      return;
    }
    if (!isMoved(record)) {
      counts.merge(record.topic(), 1L, Long::sum);
    }
    record.value().ifPresent(this::count);
    lastNanos = System.nanoTime();
    if (firstNanos == 0) {
      firstNanos = lastNanos;
    }
  }

  /** An intent that the stages brought to its partition was counted where it was sent to. */
  private static boolean isMoved(TappedRecord record) {
    return record.topic() == Topic.TRADE_INTENT
        && record.raw().headers().lastHeader(IntentHeaders.MOVED_FROM) != null;
  }

  private void apply(TappedRecord record, SpecificRecord value) {
    switch (value) {
      case PositionLedger row -> applyLedger(record, row);
      case PositionSnapshot row -> applySnapshot(record, row);
      case ExchangeAccount row -> applyWallet(record, row);
      case ApplyResult result -> applyResult(record, result);
      default -> {
        // Counted by topic alone.
      }
    }
  }

  private void count(SpecificRecord value) {
    if (value instanceof Decision decision) {
      countDenial(decision);
    } else if (value instanceof ApplyPlan plan) {
      countPlan(plan);
    } else if (value instanceof ApplyResult result && result.getFill() != null) {
      fills++;
    }
  }

  private void remove(TappedRecord record) {
    if (record.topic() == Topic.POSITION_SNAPSHOT) {
      snapshots.remove(record.key());
      if (record.earlier()) {
        snapshotsBefore.remove(record.key());
      }
    }
  }

  private void applySnapshot(TappedRecord record, PositionSnapshot row) {
    snapshots.put(record.key(), row);
    if (record.earlier()) {
      snapshotsBefore.put(record.key(), row);
    }
  }

  private void applyLedger(TappedRecord record, PositionLedger row) {
    String key = record.key();
    if (record.earlier()) {
      ledgersBefore.put(key, row);
    }
    boolean wasOpen = isOpen(ledgers.put(key, row));
    int change = (isOpen(row) ? 1 : 0) - (wasOpen ? 1 : 0);
    maxOpen = Math.max(maxOpen, open.merge(Accounts.accountOf(key), change, Integer::sum));
  }

  private void applyWallet(TappedRecord record, ExchangeAccount row) {
    wallets.put(record.key(), row.getWallet());
    if (record.earlier()) {
      firstWallets.put(record.key(), row.getWallet());
    } else {
      firstWallets.putIfAbsent(record.key(), row.getWallet());
    }
  }

  private void countDenial(Decision decision) {
    if (decision.getVerdict() != Verdict.DENIED) {
      return;
    }
    if (decision.getCauseType() == CauseType.INTENT) {
      denials.merge(decision.getCode(), 1L, Long::sum);
    } else if (decision.getCauseType() == CauseType.PROPOSAL) {
      held.merge(decision.getCode(), 1L, Long::sum);
    }
  }

  private void countPlan(ApplyPlan plan) {
    if (!plan.getIntentId().isEmpty()) {
      intentPlans++;
    } else if (plan.getAction() != PlanAction.ENTRY) {
      exitPlans++;
    }
  }

  // Earlier fills are folded too: a position may be closed in another run than it was opened in.
  private void applyResult(TappedRecord record, ApplyResult result) {
    closingFills
        .take(result)
        .filter(reason -> !record.earlier())
        .ifPresent(reason -> closes.merge(reason, 1L, Long::sum));
  }

  /** Returns how many records of this run lie on a topic. */
  public synchronized long count(Topic topic) {
    return counts.getOrDefault(topic, 0L);
  }

  /** Returns the positions open now, all accounts. */
  public synchronized long openPositions() {
    return open.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Returns how many plans came of intents in this run. */
  public synchronized long intentPlans() {
    return intentPlans;
  }

  /** Returns how many fills were reported in this run. */
  public synchronized long fills() {
    return fills;
  }

  /** Returns equity of all accounts now: wallets plus unrealised profit, quote currency. */
  public synchronized BigDecimal equity() {
    return total(wallets).add(unrealized(ledgers, snapshots));
  }

  /** Returns the summary so far; Redis keys are counted elsewhere. */
  public synchronized Summary summary() {
    BigDecimal unrealizedBefore = unrealized(ledgersBefore, snapshotsBefore);
    return new Summary(
        count(Topic.CANDLE),
        count(Topic.MARKET_STATE),
        count(Topic.TRADE_INTENT),
        intentPlans,
        new TreeMap<>(denials),
        new Exits(exitPlans, held, closes),
        count(Topic.DEAD_LETTER),
        fills,
        openPositions(),
        maxOpen,
        total(firstWallets).add(unrealizedBefore),
        equity(),
        sum(ledgers, PositionLedger::getRealizedPnl)
            .subtract(sum(ledgersBefore, PositionLedger::getRealizedPnl)),
        unrealized(ledgers, snapshots).subtract(unrealizedBefore),
        sum(ledgers, PositionLedger::getFees).subtract(sum(ledgersBefore, PositionLedger::getFees)),
        0,
        counts.values().stream().mapToLong(Long::longValue).sum(),
        Duration.ofNanos(lastNanos - firstNanos),
        Optional.empty());
  }

  private static BigDecimal unrealized(
      Map<String, PositionLedger> ledgers, Map<String, PositionSnapshot> snapshots) {
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<String, PositionSnapshot> entry : snapshots.entrySet()) {
      if (isOpen(ledgers.get(entry.getKey()))) {
        total = total.add(entry.getValue().getUnrealizedPnl());
      }
    }
    return total;
  }

  private static BigDecimal total(Map<String, BigDecimal> amounts) {
    return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static <T> BigDecimal sum(Map<String, T> rows, Function<T, BigDecimal> amount) {
    return rows.values().stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean isOpen(PositionLedger row) {
    return row != null && row.getSide() != PositionSide.FLAT;
  }
}
