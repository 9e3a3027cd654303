package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.exchange.UnplannedFill;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps back the fills that reduce what an entry has opened, for as long as the entry itself is not
 * booked: its answer is not known, or its trades cannot be read yet. The ledger folds fills in the
 * order they come; with the close first it would open a position of the other side that nobody has.
 *
 * <p>Nothing of this is committed. What is kept back has no result, and so the exchange's link
 * tells it anew to whoever takes the account up.
 */
final class HeldCloses {

  /**
   * How old a fill may become at the most before it is told as it is, milliseconds. Well within the
   * day of which trades are asked for after a restart, so that none is lost.
   */
  static final long AT_MOST_MS = Duration.ofHours(12).toMillis();

  /** How many are kept back for an account at the most. */
  static final int AT_MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(HeldCloses.class);

  private static final Comparator<UnplannedFill> IN_ORDER =
      Comparator.comparingLong(each -> each.fill().getAtMs());

  private final Map<String, List<UnplannedFill>> held = new HashMap<>();

  /**
   * Takes what was told, and returns what may be booked now, oldest first; what was told together
   * stays in its order.
   *
   * @param told fills of the account that no plan asked for, in the order they happened
   * @param unbooked entries of the account of which not every fill is known to be booked
   * @param booked what the ledger has in a symbol, base units, negative where it is short; 0 where
   *     it has not booked yet all that was reported
   * @param nowMs the clock, epoch milliseconds UTC
   */
  List<UnplannedFill> due(
      String account,
      List<UnplannedFill> told,
      List<PlanRun> unbooked,
      Function<String, BigDecimal> booked,
      long nowMs) {
    List<UnplannedFill> before = held.getOrDefault(account, List.of());
    List<UnplannedFill> all = new ArrayList<>(before);
    all.addAll(told);
    all.sort(IN_ORDER);
    Map<String, BigDecimal> left = new HashMap<>();
    List<UnplannedFill> due = new ArrayList<>();
    List<UnplannedFill> kept = new ArrayList<>();
    for (UnplannedFill fill : all) {
      BigDecimal open = left.computeIfAbsent(fill.symbol(), booked);
      boolean waits = waits(fill, unbooked, open);
      if (waits && nowMs - fill.fill().getAtMs() < AT_MOST_MS) {
        kept.add(fill);
      } else {
        sayIfTooEarly(waits, fill);
        left.put(
            fill.symbol(), open.add(NetPosition.signed(fill.side(), fill.fill().getQuantity())));
        due.add(fill);
      }
    }
    while (kept.size() > AT_MOST) {
      sayIfTooEarly(true, kept.getFirst());
      due.add(kept.removeFirst());
    }
    if (kept.size() > before.size()) {
      LOG.warn(
          "{}: {} fills wait until the entries before them can be booked; the last is {}",
          account,
          kept.size(),
          words(kept.getLast()));
    }
    held.put(account, kept);
    return due;
  }

  private static void sayIfTooEarly(boolean waits, UnplannedFill fill) {
    if (waits) {
      LOG.error(
          "fill {}: it closes what no booked entry has opened, and is booked as it is: it has"
              + " waited for too long, or too many wait",
          words(fill));
    }
  }

  /** Returns how many fills are kept back. */
  int count() {
    return held.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Where it is only not known what became of an entry, a close of what the ledger has waits for
   * nothing: what it closes was opened by something else, or is booked.
   */
  private static boolean waits(UnplannedFill fill, List<PlanRun> unbooked, BigDecimal open) {
    BigDecimal after = open.add(NetPosition.signed(fill.side(), fill.fill().getQuantity()));
    boolean covered = open.signum() != 0 && after.signum() * open.signum() >= 0;
    return unbooked.stream()
        .filter(run -> run.plan().getSymbol().equals(fill.symbol()))
        .filter(run -> run.plan().getSide() != fill.side())
        .anyMatch(run -> run.isUnread() || !covered);
  }

  private static String words(UnplannedFill fill) {
    return "%s of %s (%s, %s %s)"
        .formatted(
            fill.fill().getFillId(),
            fill.account(),
            fill.origin(),
            fill.side(),
            fill.fill().getQuantity().stripTrailingZeros().toPlainString());
  }
}
