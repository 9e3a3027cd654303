package io.quantumtrader.topology.decision.market;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.kernel.MarketStateTheta;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Decides about a candle. A candle with the open time of the last one replaces it: the symbol goes
 * back to where it was before and takes the new one instead. An older one is dropped. Too many
 * missing intervals, or another interval, start the warm-up again. A candle that is malformed or
 * too far from the last close is held back until the next one agrees with it; while none does, the
 * price is suspect. The price is never made up.
 */
public final class CandleAcceptance {

  private final CandleLimits limits;
  private final LongFunction<BigDecimal> minutesBefore;
  private final Head head;
  private final Candle candle;
  private final boolean replaces;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Candle> taken = new ArrayList<>();
  private final Map<Long, BigDecimal> minutes = new HashMap<>();

  private CandleAcceptance(
      Head head, Candle candle, CandleLimits limits, LongFunction<BigDecimal> minutesBefore) {
    this.head = head;
    this.candle = candle;
    this.limits = limits;
    this.minutesBefore = minutesBefore;
    this.replaces = candle.getOpenTimeMs() == head.after().lastOpenMs();
  }

  /** Returns how many closes the first state needs. */
  public static int closesNeeded() {
    return MarketStateTheta.DEFAULT.closesNeeded();
  }

  /** Returns the minutes whose notional must be known to decide about a candle. */
  public static MinuteRange minutesNeeded(Head head, Candle candle) {
    boolean replaces = candle.getOpenTimeMs() == head.after().lastOpenMs();
    return (replaces ? head.before() : head.after())
        .turnover()
        .leavingBy(Turnover.minuteOf(candle.getOpenTimeMs()));
  }

  /**
   * Decides about a candle.
   *
   * @param head what is kept of its symbol
   * @param recordTimeMs time of its record, epoch ms
   * @param minutes notional of each of the minutes needed, as written; nothing was traded in others
   */
  public static Ruling decide(
      Head head,
      Candle candle,
      long recordTimeMs,
      CandleLimits limits,
      LongFunction<BigDecimal> minutes) {
    Optional<Finding> refusal = CandleIntake.refusal(candle, recordTimeMs);
    if (refusal.isPresent()) {
      return Ruling.dropped(head, refusal.get());
    }
    if (candle.getOpenTimeMs() < head.after().lastOpenMs()) {
      return Ruling.dropped(
          head,
          new Finding(
              ReasonCode.CANDLE_OUT_OF_ORDER,
              Numbers.none()
                  .and("openTimeMs", candle.getOpenTimeMs())
                  .and("lastOpenTimeMs", head.after().lastOpenMs())
                  .and("dropped", head.dropped() + 1)));
    }
    return new CandleAcceptance(head, candle, limits, minutes).ruling();
  }

  private Ruling ruling() {
    Progress before = replaces ? head.before() : head.after();
    if (replaces) {
      takeBack(before);
    }
    Progress begun = restartIfBroken(before);
    Progress after = weigh(begun);
    if (head.after().suspect() && !after.suspect() && after.closes() > 1) {
      findings.add(
          new Finding(
              ReasonCode.PRICE_RESTORED,
              Numbers.none().and("close", after.price()).and("closes", after.closes())));
    }
    boolean said = replaces && head.after().closes() == after.closes();
    if (begun.closes() == 0 && after.closes() > 0 && !said) {
      findings.add(warmingUp(after));
    }
    boolean changed = !taken.isEmpty() || replaces || !head.after().suspect();
    int revision = replaces ? head.revision() + 1 : 0;
    return new Ruling(
        new Head(before, after, revision, head.dropped()),
        false,
        taken,
        minutes,
        replaces,
        changed,
        findings);
  }

  /** What the last candle and one held before it added to their minutes goes. */
  private void takeBack(Progress before) {
    resetMinute(head.after().turnover().minute(), before);
    before.held().ifPresent(held -> resetMinute(minuteOf(held), before));
  }

  private void resetMinute(long minute, Progress before) {
    if (minute >= 0) {
      boolean shared = minute == before.turnover().minute();
      minutes.put(minute, shared ? before.turnover().inMinute() : BigDecimal.ZERO);
    }
  }

  private Progress restartIfBroken(Progress before) {
    if (!before.isStarted()) {
      return before;
    }
    if (limits.isGap(before.lastOpenMs(), candle.getOpenTimeMs(), candle.getIntervalMs())) {
      findings.add(
          new Finding(
              ReasonCode.CANDLE_GAP,
              Numbers.none()
                  .and("openTimeMs", candle.getOpenTimeMs())
                  .and("lastOpenTimeMs", before.lastOpenMs())
                  .and("intervalMs", candle.getIntervalMs())
                  .and("maxGap", limits.maxGap())));
      return before.restarted();
    }
    return candle.getIntervalMs() == before.intervalMs() ? before : before.restarted();
  }

  private Progress weigh(Progress before) {
    boolean wellFormed = candle.getHigh().compareTo(candle.getLow()) >= 0;
    if (!wellFormed) {
      return hold(before, false);
    }
    if (before.suspect()) {
      Optional<Candle> held =
          before.held().filter(first -> limits.agree(first.getClose(), candle.getClose()));
      return held.isPresent() ? take(take(before, held.get()), candle) : hold(before, true);
    }
    boolean agrees = before.closes() == 0 || limits.agree(before.price(), candle.getClose());
    return agrees ? take(before, candle) : hold(before, true);
  }

  private Progress hold(Progress before, boolean mayBeAgreedWith) {
    findings.add(
        new Finding(
            ReasonCode.CANDLE_SUSPECT,
            Numbers.none()
                .and("close", candle.getClose())
                .and("high", candle.getHigh())
                .and("low", candle.getLow())
                .and("lastClose", before.held().map(Candle::getClose).orElse(before.price()))
                .and("maxJump", limits.maxJump())));
    return before.holding(candle, mayBeAgreedWith);
  }

  private Progress take(Progress before, Candle close) {
    long minute = minuteOf(close);
    Turnover turnover =
        before
            .turnover()
            .with(minute, Turnover.notional(close.getClose(), close.getVolume()), this::minuteNow);
    minutes.put(minute, turnover.inMinute());
    taken.add(close);
    return before.taking(close, turnover);
  }

  private BigDecimal minuteNow(long minute) {
    BigDecimal changed = minutes.get(minute);
    BigDecimal amount = changed != null ? changed : minutesBefore.apply(minute);
    return amount != null ? amount : BigDecimal.ZERO;
  }

  private static long minuteOf(Candle candle) {
    return Turnover.minuteOf(candle.getOpenTimeMs());
  }

  private static Finding warmingUp(Progress after) {
    return new Finding(
        ReasonCode.WARMING_UP,
        Numbers.none().and("closes", after.closes()).and("closesNeeded", closesNeeded()));
  }
}
