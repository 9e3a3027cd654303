package io.quantumtrader.market;

import io.quantumtrader.schemas.time.Stop;
import java.util.function.Consumer;

/** One run of a feed: where it writes, the request to stop, and who hears about progress. */
public final class FeedRun {

  private final FeedOutput output;
  private final Stop stop;
  private final Consumer<FeedProgress> listener;
  private long steps;
  private volatile FeedProgress progress = new FeedProgress(0, 0, 0, 0, 0, 0, 0);

  FeedRun(FeedOutput output, Stop stop, Consumer<FeedProgress> listener) {
    this.output = output;
    this.stop = stop;
    this.listener = listener;
  }

  /** Returns where records go. */
  FeedOutput output() {
    return output;
  }

  /** Returns the request to stop. */
  Stop stop() {
    return stop;
  }

  /** Returns how far it is. */
  FeedProgress progress() {
    return progress;
  }

  /**
   * Says that a step is done.
   *
   * @param share part that was played, 0 to 1; negative where there is no end
   */
  void stepDone(long nowMs, double share) {
    steps++;
    progress =
        new FeedProgress(
            steps,
            nowMs,
            output.clocks(),
            output.candles(),
            output.intents(),
            output.deadLetters(),
            share);
    listener.accept(progress);
  }
}
