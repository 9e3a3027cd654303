package io.quantumtrader.console.book;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.PortfolioState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each UTC day came to, account by account: sums and counts alone, so that a day of many
 * decisions costs no more than one of few. Times are those of the records, which are the clock's.
 */
public final class DayBook {

  /** Days that are kept: a month, and what a look back at its end needs. */
  static final int KEPT = 40;

  private final NavigableMap<LocalDate, Day> days = new TreeMap<>();

  /**
   * An account's day.
   *
   * @param equityFirst wallet plus unrealised profit at its begin, quote currency; null where it is
   *     not known
   * @param equityLast the same at its end, or as it is now
   * @param maxDrawdown the greatest loss from the highest equity of the day, fraction, 0 or more;
   *     null where no equity is known
   * @param realized profit of what was closed, before fees and funding, quote currency
   * @param fees fees, quote currency
   * @param funding funding, quote currency; below 0 was paid
   * @param closesWithoutEntry closes whose entry is not on the topics any more: their profit is in
   *     none of the numbers
   * @param denials how often each code was the reason of a denial
   */
  public record Figures(
      BigDecimal equityFirst,
      BigDecimal equityLast,
      Double maxDrawdown,
      BigDecimal realized,
      BigDecimal fees,
      BigDecimal funding,
      int closesWithoutEntry,
      Map<String, Long> denials) {

    /** A day of which nothing is known. */
    public static final Figures NOTHING =
        new Figures(
            null, null, null, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, Map.of());

    /** Takes a copy. */
    public Figures {
      denials = Collections.unmodifiableMap(new TreeMap<>(denials));
    }
  }

  private static final class Day {
    private final Map<String, Account> accounts = new TreeMap<>();
    private long deadLetters;
  }

  private static final class Account {
    private BigDecimal first;
    private BigDecimal last;
    private double peak;
    private double drawdown;
    private BigDecimal realized = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal funding = BigDecimal.ZERO;
    private int closesWithoutEntry;
    private final Map<String, Long> denials = new TreeMap<>();

    private void equity(BigDecimal dayFirst, BigDecimal equity) {
      if (first == null) {
        first = dayFirst == null ? equity : dayFirst;
        peak = first.doubleValue();
      }
      last = equity;
      double now = equity.doubleValue();
      peak = Math.max(peak, now);
      if (peak > 0) {
        drawdown = Math.max(drawdown, (peak - now) / peak);
      }
    }
  }

  DayBook() {}

  /** Returns the UTC day of a time, epoch milliseconds. */
  public static LocalDate day(long atMs) {
    return Instant.ofEpochMilli(atMs).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** Returns when a UTC day begins, epoch milliseconds. */
  public static long beginMs(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  void take(PortfolioState state) {
    if (state.getEquity() != null) {
      account(state.getAccount(), state.getAsOfMs())
          .equity(state.getDayFirstEquity(), state.getEquity());
    }
  }

  void take(Decision decision) {
    if (Denials.isDenial(decision)) {
      account(decision.getAccount(), decision.getAtMs())
          .denials
          .merge(decision.getCode(), 1L, Long::sum);
    }
  }

  void deadLetter(long atMs) {
    day(day(atMs)).deadLetters++;
  }

  void fee(String account, long atMs, BigDecimal fee) {
    Account of = account(account, atMs);
    of.fees = of.fees.add(fee);
  }

  void realized(String account, long atMs, BigDecimal profit) {
    Account of = account(account, atMs);
    of.realized = of.realized.add(profit);
  }

  void funding(String account, long atMs, BigDecimal amount) {
    Account of = account(account, atMs);
    of.funding = of.funding.add(amount);
  }

  void closeWithoutEntry(String account, long atMs) {
    account(account, atMs).closesWithoutEntry++;
  }

  private Account account(String name, long atMs) {
    return day(day(atMs)).accounts.computeIfAbsent(name, any -> new Account());
  }

  /** The oldest goes where there are too many, perhaps the very one that is asked for. */
  private Day day(LocalDate date) {
    Day of = days.computeIfAbsent(date, any -> new Day());
    if (days.size() > KEPT) {
      days.pollFirstEntry();
    }
    return of;
  }

  /** Returns the accounts of which something happened on a day, by name. */
  public Set<String> accounts(LocalDate day) {
    return Optional.ofNullable(days.get(day))
        .<Set<String>>map(of -> new TreeSet<>(of.accounts.keySet()))
        .orElse(Set.of());
  }

  /** Returns what an account's day came to; {@link Figures#NOTHING} where nothing is known. */
  public Figures of(String account, LocalDate day) {
    return Optional.ofNullable(days.get(day))
        .map(of -> of.accounts.get(account))
        .map(DayBook::figures)
        .orElse(Figures.NOTHING);
  }

  private static Figures figures(Account of) {
    return new Figures(
        of.first,
        of.last,
        of.last == null ? null : of.drawdown,
        of.realized,
        of.fees,
        of.funding,
        of.closesWithoutEntry,
        of.denials);
  }

  /** Returns how many records became dead letters on a day. */
  public long deadLetters(LocalDate day) {
    return Optional.ofNullable(days.get(day)).map(of -> of.deadLetters).orElse(0L);
  }
}
