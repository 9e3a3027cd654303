package io.quantumtrader.market;

import io.quantumtrader.market.live.MarketNews;
import io.quantumtrader.market.live.NewsSource;

/**
 * Plays a real market in wall time. At the start the clock, then history; from there on the clock
 * each second, and after it whatever came of the market meanwhile, candles before the prices of the
 * moment. Nothing of the market is waited for: where nothing comes, the clock goes on alone, states
 * go stale by it, and entries are denied. No price is made up.
 */
public final class ExchangeMarket implements FeedSource {

  private static final long CLOCK_STEP_MS = LiveMarket.CLOCK_STEP_MS;
  private static final long LATEST_MS = 5_000;
  private static final double NO_END = -1;

  private final MarketNews history;
  private final NewsSource source;
  private final WallTime wallTime;

  /**
   * Prepares the market; nothing is written before {@link #play}.
   *
   * @param history what it begins with
   * @param source started by this and closed at its end
   */
  public ExchangeMarket(MarketNews history, NewsSource source, WallTime wallTime) {
    this.history = history;
    this.source = source;
    this.wallTime = wallTime;
  }

  @Override
  public boolean play(FeedRun run) throws InterruptedException {
    try (NewsSource news = source) {
      long nowMs = wallTime.nowMs();
      run.output().clock(nowMs, CLOCK_STEP_MS);
      write(run, history);
      done(run, nowMs);
      news.start();
      long clockAt = nowMs + CLOCK_STEP_MS;
      while (!wallTime.pauseUntil(clockAt, run.stop())) {
        long late = wallTime.nowMs() - clockAt;
        if (late > LATEST_MS) {
          // The machine slept: the steps it missed are left out, its candles are not.
          clockAt += late;
        }
        run.output().clock(clockAt, CLOCK_STEP_MS);
        news.take().forEach(each -> write(run, each));
        done(run, clockAt);
        clockAt += CLOCK_STEP_MS;
      }
      return false;
    }
  }

  private static void write(FeedRun run, MarketNews news) {
    run.output().marks(news.candles(), news.instruments());
    run.output().candles(news.candles());
    run.output().prices(news.marks(), news.instruments());
  }

  private static void done(FeedRun run, long nowMs) {
    run.output().flush();
    run.stepDone(nowMs, NO_END);
  }
}
