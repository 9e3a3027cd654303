package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.Candle;
import java.util.List;

/**
 * Plays a generated market in wall time. At the start the clock, then history that ends now; from
 * there on one candle of each symbol at every interval. The clock goes on each second, and at the
 * time of each candle before the candle itself; the marks of a moment go before its candles, and
 * nothing is waited for between them. Intents go out when their time has come; those made before
 * the start at the start.
 *
 * <p>A candle closes at wall time and opens a nominal interval earlier, so successive candles
 * overlap; scaled thresholds go by the nominal interval. Where the machine slept, what was missed
 * is left out.
 */
public final class LiveMarket implements FeedSource {

  /** Distance of the steps of the clock. */
  public static final long CLOCK_STEP_MS = 1_000;

  /** How late a step may be before the ones that were missed are left out. */
  private static final long LATEST_MS = 5_000;

  private static final double NO_END = -1;

  private final GeneratedMarket market;
  private final IntentQueue intents;
  private final LiveMarketSettings settings;
  private final WallTime wallTime;

  /** Prepares the market; nothing is written before {@link #play}. */
  public LiveMarket(
      GeneratedMarket market, IntentQueue intents, LiveMarketSettings settings, WallTime wallTime) {
    this.market = market;
    this.intents = intents;
    this.settings = settings;
    this.wallTime = wallTime;
  }

  @Override
  public boolean play(FeedRun run) throws InterruptedException {
    long nowMs = wallTime.nowMs();
    begin(run, nowMs);
    long candlesAt = nowMs + settings.intervalMs();
    long clockAt = nowMs + CLOCK_STEP_MS;
    while (!wallTime.pauseUntil(Math.min(candlesAt, clockAt), run.stop())) {
      long late = wallTime.nowMs() - Math.min(candlesAt, clockAt);
      if (late > LATEST_MS) {
        candlesAt += late;
        clockAt += late;
      }
      nowMs = Math.min(candlesAt, clockAt);
      run.output().clock(nowMs, CLOCK_STEP_MS);
      clockAt = nowMs == clockAt ? nowMs + CLOCK_STEP_MS : clockAt;
      sendDue(run, nowMs);
      if (nowMs == candlesAt) {
        sendCandles(run, nowMs);
        candlesAt += settings.intervalMs();
      }
      run.output().flush();
      run.stepDone(nowMs, NO_END);
    }
    return false;
  }

  private void begin(FeedRun run, long nowMs) {
    for (UnreadableIntent line : intents.unreadable()) {
      run.output().deadLetter(line, nowMs);
    }
    run.output().clock(nowMs, CLOCK_STEP_MS);
    for (int back = settings.historyCandles() - 1; back >= 0; back--) {
      sendCandles(run, nowMs - back * settings.intervalMs());
    }
    sendDue(run, nowMs);
    run.output().flush();
    run.stepDone(nowMs, NO_END);
  }

  private void sendCandles(FeedRun run, long closeTimeMs) {
    List<Candle> candles = market.next(closeTimeMs, settings.nominalIntervalMs()).candles();
    run.output().marks(candles);
    run.output().candles(candles);
  }

  private void sendDue(FeedRun run, long nowMs) {
    intents.takeDue(nowMs).forEach(intent -> run.output().intent(intent, nowMs));
  }
}
