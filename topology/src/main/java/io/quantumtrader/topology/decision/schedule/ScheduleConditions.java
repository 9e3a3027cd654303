package io.quantumtrader.topology.decision.schedule;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradesOf;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.schedule.Unmet.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * When a scheduled change of the policy is due: as soon as all its conditions hold at one step of
 * the clock. A figure that is not known, or is too old to decide entries on, meets no condition.
 */
public final class ScheduleConditions {

  private static final long DAY_MS = 86_400_000L;
  private static final int PERCENT_DIGITS = 4;
  private static final String UNKNOWN = "not known";

  private ScheduleConditions() {}

  /**
   * An account that the change applies to.
   *
   * @param state its money and trades, as it was told last
   * @param policy what holds for it: how old an equity may be
   */
  public record Subject(PortfolioState state, Policy policy) {}

  /** Returns whether a change still waits; one in a state that is not known never acts. */
  public static boolean waits(PolicySchedule schedule) {
    return schedule.getState() == PolicyScheduleState.WAITING;
  }

  /**
   * Returns the time before which a change is not applied, epoch milliseconds UTC: the later of the
   * one it names and the end of its days; the moment it was scheduled where it has neither.
   */
  public static long notBeforeMs(PolicySchedule schedule) {
    long afterDaysMs = schedule.getCreatedAtMs() + schedule.getAfterDays() * DAY_MS;
    return Math.max(afterDaysMs, Optional.ofNullable(schedule.getAtMs()).orElse(afterDaysMs));
  }

  /**
   * Returns what a change waits for; it is due where that is nothing.
   *
   * @param accounts those that it applies to
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   */
  public static List<Unmet> unmet(
      PolicySchedule schedule, Collection<Subject> accounts, long nowMs) {
    List<Unmet> unmet = new ArrayList<>();
    long notBeforeMs = notBeforeMs(schedule);
    if (nowMs < notBeforeMs) {
      unmet.add(new Unmet(Kind.TIME, "", "the time " + time(notBeforeMs), time(nowMs)));
    }
    long trades = tradesSince(schedule, accounts);
    if (trades < schedule.getAfterTrades()) {
      unmet.add(new Unmet(Kind.TRADES, "", trades(schedule.getAfterTrades()), "" + trades));
    }
    losses(schedule.getDrawdownAtMost(), Kind.DRAWDOWN, accounts, nowMs, unmet);
    losses(schedule.getDailyLossAtMost(), Kind.DAILY_LOSS, accounts, nowMs, unmet);
    return List.copyOf(unmet);
  }

  /** Returns the conditions of a change for people, whether they hold or not. */
  public static List<String> texts(PolicySchedule schedule) {
    List<String> texts = new ArrayList<>();
    if (schedule.getAtMs() != null) {
      texts.add("at " + time(schedule.getAtMs()));
    }
    if (schedule.getAfterDays() != 0) {
      int days = schedule.getAfterDays();
      texts.add("after " + days + (days == 1 ? " day" : " days"));
    }
    if (schedule.getAfterTrades() != 0) {
      texts.add("after " + trades(schedule.getAfterTrades()));
    }
    if (schedule.getDrawdownAtMost() != null) {
      texts.add(loss(Kind.DRAWDOWN, schedule.getDrawdownAtMost()));
    }
    if (schedule.getDailyLossAtMost() != null) {
      texts.add(loss(Kind.DAILY_LOSS, schedule.getDailyLossAtMost()));
    }
    return texts.isEmpty() ? List.of("at the next step of the clock") : List.copyOf(texts);
  }

  /** Returns how many trades the accounts have closed since a change was scheduled. */
  static long tradesSince(PolicySchedule schedule, Collection<Subject> accounts) {
    return accounts.stream()
        .map(Subject::state)
        .mapToLong(state -> Math.max(0, state.getTradeCount() - before(schedule, state)))
        .sum();
  }

  private static long before(PolicySchedule schedule, PortfolioState state) {
    return schedule.getTradesBefore().stream()
        .filter(each -> each.getAccount().equals(state.getAccount()))
        .mapToLong(TradesOf::getTrades)
        .findFirst()
        .orElse(0);
  }

  private static void losses(
      Double atMost, Kind kind, Collection<Subject> accounts, long nowMs, List<Unmet> unmet) {
    if (atMost == null) {
      return;
    }
    if (accounts.isEmpty()) {
      unmet.add(new Unmet(kind, "", loss(kind, atMost), "no account is known"));
    }
    for (Subject each : accounts) {
      BigDecimal from =
          kind == Kind.DRAWDOWN ? each.state().getPeakEquity() : each.state().getDayFirstEquity();
      if (!isKnown(from, each, nowMs)) {
        unmet.add(new Unmet(kind, each.state().getAccount(), loss(kind, atMost), UNKNOWN));
      } else {
        BigDecimal lost = from.subtract(each.state().getEquity());
        if (!isWithin(lost, from, atMost)) {
          String now = percent(Decimals.quotient(lost, from));
          unmet.add(new Unmet(kind, each.state().getAccount(), loss(kind, atMost), now));
        }
      }
    }
  }

  /** Compared as products, as the gates do it: a share of equity has no end of digits. */
  private static boolean isWithin(BigDecimal lost, BigDecimal from, double atMost) {
    return Double.isFinite(atMost) && lost.compareTo(from.multiply(Decimals.ratio(atMost))) <= 0;
  }

  private static boolean isKnown(BigDecimal from, Subject account, long nowMs) {
    Long asOfMs = account.state().getEquityAsOfMs();
    return from != null
        && Decimals.isPositive(from)
        && account.state().getEquity() != null
        && asOfMs != null
        && nowMs - asOfMs <= account.policy().getEquityMaxAgeMs();
  }

  private static String loss(Kind kind, double atMost) {
    String share = Double.isFinite(atMost) ? percent(Decimals.ratio(atMost)) : "" + atMost;
    return (kind == Kind.DRAWDOWN ? "drawdown" : "daily loss") + " at most " + share;
  }

  private static String trades(int count) {
    return count + (count == 1 ? " closed trade" : " closed trades");
  }

  /** Rounded up, so that what is beyond a limit is never shown as the limit itself. */
  private static String percent(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).setScale(PERCENT_DIGITS, RoundingMode.CEILING);
    return percent.stripTrailingZeros().toPlainString() + " %";
  }

  private static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString();
  }
}
