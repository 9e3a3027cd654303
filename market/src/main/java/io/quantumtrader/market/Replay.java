package io.quantumtrader.market;

import io.quantumtrader.market.lockstep.StepBarrier;
import io.quantumtrader.schemas.avro.Candle;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Plays a candle file in steps of the clock, one for each close time T:
 *
 * <ol>
 *   <li>the clock goes to T in every account partition;
 *   <li>intents of the file made after the step before and by T go out;
 *   <li>the marks that close at T go out: the exchange carries out its protective orders;
 *   <li>the candles that close at T go out: the stages decide.
 * </ol>
 *
 * After each of them it waits until the pipeline has done all that follows, so a replay is the same
 * however fast it runs; pacing only adds pauses between steps. A wait is left out where nothing was
 * written since the last one.
 *
 * <p>Where no candle closes for a while, the clock goes on by intervals, as it would have live; a
 * gap longer than {@link #LONGEST_CLOCKED_GAP} intervals is jumped. Intents made before the first
 * step go out in the first step, those made after the last one in the last. Lines that are no
 * intents go out as dead letters before the first step.
 */
public final class Replay implements FeedSource {

  /** The longest gap, in intervals, through which the clock goes step by step: a day of minutes. */
  public static final long LONGEST_CLOCKED_GAP = 1440;

  private final CandleFile file;
  private final IntentQueue intents;
  private final ReplaySettings settings;
  private final StepBarrier barrier;
  private final WallTime wallTime;
  private final long afterMs;
  private final long untilMs;
  private long beginMs;

  /** Prepares the replay; nothing is written before {@link #play}. */
  public Replay(
      CandleFile file,
      IntentQueue intents,
      ReplaySettings settings,
      StepBarrier barrier,
      WallTime wallTime) {
    this(file, intents, settings, barrier, wallTime, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private Replay(
      CandleFile file,
      IntentQueue intents,
      ReplaySettings settings,
      StepBarrier barrier,
      WallTime wallTime,
      long afterMs,
      long untilMs) {
    this.file = file;
    this.intents = intents;
    this.settings = settings;
    this.barrier = barrier;
    this.wallTime = wallTime;
    this.afterMs = afterMs;
    this.untilMs = untilMs;
  }

  /**
   * Returns the same replay with some of its steps alone, each as it is in the whole: what was
   * played before them is taken for played, and nothing is made of what comes after.
   *
   * @param lastPlayedMs the step after which it begins, epoch milliseconds UTC
   * @param lastMs the last step, epoch milliseconds UTC
   */
  public Replay between(long lastPlayedMs, long lastMs) {
    return new Replay(file, intents, settings, barrier, wallTime, lastPlayedMs, lastMs);
  }

  @Override
  public boolean play(FeedRun run) throws InterruptedException {
    beginMs = wallTime.nowMs();
    Iterator<MarketStep> steps = file.steps();
    long before = file.firstCloseTimeMs();
    if (before > afterMs) {
      for (UnreadableIntent line : intents.unreadable()) {
        run.output().deadLetter(line, before);
      }
    }
    List<TimedIntent> unused = intents.takeDue(afterMs);
    boolean more = steps.hasNext();
    while (more) {
      MarketStep step = steps.next();
      if (!playGap(run, before, step.closeTimeMs())
          || !playWanted(run, step.closeTimeMs(), step.candles(), !steps.hasNext())) {
        return false;
      }
      before = step.closeTimeMs();
      more = steps.hasNext() && before < untilMs;
    }
    return true;
  }

  /** Plays a step that is in the part that is played. */
  private boolean playWanted(FeedRun run, long nowMs, List<Candle> candles, boolean last)
      throws InterruptedException {
    return nowMs <= afterMs || nowMs > untilMs || playStep(run, nowMs, candles, last);
  }

  private boolean playGap(FeedRun run, long fromMs, long toMs) throws InterruptedException {
    long intervalMs = file.intervalMs();
    long steps = stepsBetween(fromMs, toMs, intervalMs);
    for (long step = 1; step <= steps; step++) {
      long nowMs = fromMs + step * intervalMs;
      if (!playWanted(run, nowMs, List.of(), false)) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many steps without a candle the clock makes between two steps with one. */
  static long stepsBetween(long fromMs, long toMs, long intervalMs) {
    boolean jumped = toMs - fromMs > LONGEST_CLOCKED_GAP * intervalMs;
    return jumped ? 0 : Math.max(0, (toMs - fromMs - 1) / intervalMs);
  }

  private boolean playStep(FeedRun run, long nowMs, List<Candle> candles, boolean last)
      throws InterruptedException {
    if (settings.isPaced() && wallTime.pauseUntil(wallTimeOf(nowMs), run.stop())) {
      return false;
    }
    run.output().clock(nowMs, file.intervalMs());
    if (!settle(run, () -> "after the clock of " + nowMs)) {
      return false;
    }
    List<TimedIntent> due = last ? intents.takeRest() : intents.takeDue(nowMs);
    if (!due.isEmpty()) {
      due.forEach(intent -> run.output().intent(intent, nowMs));
      if (!settle(run, () -> "after the intents of " + nowMs)) {
        return false;
      }
    }
    if (!playCandles(run, nowMs, candles)) {
      return false;
    }
    run.stepDone(nowMs, share(nowMs));
    return true;
  }

  private boolean playCandles(FeedRun run, long nowMs, List<Candle> candles)
      throws InterruptedException {
    if (candles.isEmpty()) {
      return true;
    }
    run.output().marks(candles);
    if (!settle(run, () -> "after the marks of " + nowMs)) {
      return false;
    }
    run.output().candles(candles);
    return settle(run, () -> "after the candles of " + nowMs);
  }

  private boolean settle(FeedRun run, Supplier<String> wait) throws InterruptedException {
    run.output().flush();
    return barrier.await(wait.get(), run.stop());
  }

  private long wallTimeOf(long nowMs) {
    return beginMs + Math.round((nowMs - file.firstCloseTimeMs()) / settings.speed());
  }

  private double share(long nowMs) {
    long length = file.lastCloseTimeMs() - file.firstCloseTimeMs();
    return length == 0 ? 1 : (double) (nowMs - file.firstCloseTimeMs()) / length;
  }
}
