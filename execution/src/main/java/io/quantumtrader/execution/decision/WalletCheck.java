package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.PositionLedger;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether an account's wallet is what the books say: what it was at first, and profit less fees of
 * all that the ledger has booked since, and what came or went beside trades. A difference is
 * reported with both numbers, and nothing is ever repaired by it.
 *
 * <p>What the wallet was at first is taken once nothing is under way: the same number at each look
 * for as long as the exchange's list of cash may lag. Fills that are on their way, and cash that is
 * not listed yet, make wallet and books differ for a while; only what lasts longer is reported.
 */
public final class WalletCheck {

  /** What differs by no more is equal: the exchange rounds each fill, quote currency. */
  public static final BigDecimal TOLERANCE = new BigDecimal("0.01");

  /** How long a difference must last, and how long the first number must, milliseconds. */
  public static final long PATIENCE_MS = 360_000;

  /**
   * What is known of an account's wallet.
   *
   * @param beside the wallet without what fills have booked, quote currency; empty while that is
   *     not known
   * @param candidate what it may be, until it has been the same for long enough
   * @param sinceMs since when the candidate is this one, or wallet and books differ, on the clock,
   *     epoch milliseconds UTC; 0: they agree
   */
  public record Reckoning(
      Optional<BigDecimal> beside, Optional<BigDecimal> candidate, long sinceMs) {

    /** Nothing is known. */
    public static final Reckoning NONE = new Reckoning(Optional.empty(), Optional.empty(), 0);

    /** Returns what the wallet should be, or empty while that is not known. */
    public Optional<BigDecimal> expected(BigDecimal booked) {
      return beside.map(booked::add);
    }

    /** Returns since when they have differed, if for long enough, else 0. */
    public long differsSinceMs(long nowMs) {
      return beside.isPresent() && sinceMs > 0 && nowMs - sinceMs >= PATIENCE_MS ? sinceMs : 0;
    }
  }

  private WalletCheck() {}

  /** Returns what was published, for whoever takes it up. */
  public static Reckoning of(BigDecimal beside, long differsSinceMs) {
    return beside == null
        ? Reckoning.NONE
        : new Reckoning(Optional.of(beside), Optional.empty(), differsSinceMs);
  }

  /**
   * Returns what all fills of an account have booked: realised profit less fees, quote currency.
   *
   * @param rows its rows of the ledger, open and flat ones
   */
  public static BigDecimal booked(Collection<PositionLedger> rows) {
    return rows.stream()
        .map(row -> row.getRealizedPnl().subtract(row.getFees()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Looks once.
   *
   * @param before what was known
   * @param wallet as the exchange has it, quote currency
   * @param booked as {@link #booked} says
   * @param quiet whether nothing is under way: no plan without a final result, no fill that is not
   *     booked, no difference of positions
   * @param nowMs the clock, epoch milliseconds UTC
   */
  public static Reckoning look(
      Reckoning before, BigDecimal wallet, BigDecimal booked, boolean quiet, long nowMs) {
    BigDecimal now = wallet.subtract(booked);
    if (before.beside().isPresent()) {
      boolean agrees = isSame(before.beside().get(), now);
      boolean lasts = before.sinceMs() > 0 && before.sinceMs() <= nowMs;
      return new Reckoning(
          before.beside(), Optional.empty(), agrees ? 0 : lasts ? before.sinceMs() : nowMs);
    }
    if (!quiet) {
      return before;
    }
    boolean same =
        before.sinceMs() <= nowMs
            && before.candidate().filter(candidate -> isSame(candidate, now)).isPresent();
    if (!same) {
      return new Reckoning(Optional.empty(), Optional.of(now), nowMs);
    }
    return nowMs - before.sinceMs() >= PATIENCE_MS
        ? new Reckoning(before.candidate(), Optional.empty(), 0)
        : before;
  }

  /**
   * Takes cash that came or went beside trades. While the first number is not known, it is looked
   * for anew: the wallet may have had that cash before or not.
   *
   * @param amount quote currency, below 0 was paid
   */
  public static Reckoning cash(Reckoning before, BigDecimal amount) {
    return before.beside().isPresent()
        ? new Reckoning(before.beside().map(amount::add), Optional.empty(), before.sinceMs())
        : Reckoning.NONE;
  }

  private static boolean isSame(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(TOLERANCE) <= 0;
  }
}
