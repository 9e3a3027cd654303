package io.quantumtrader.replay.run;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.Feed;
import io.quantumtrader.market.FeedProgress;
import io.quantumtrader.market.FeedReport;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.Replay;
import io.quantumtrader.market.ReplaySettings;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.schemas.time.Stop;
import java.util.function.Consumer;

/** Plays candles and intents through a pipeline in memory, in the steps of a replay on a broker. */
public final class CandleRun {

  private CandleRun() {}

  /**
   * Plays to the end, or until a stop is requested.
   *
   * @param progress hears about each step, once all that follows from it is done
   * @return how far it came
   */
  public static FeedReport play(
      MemoryPipeline pipeline,
      CandleFile candles,
      IntentQueue intents,
      Stop stop,
      Consumer<FeedProgress> progress)
      throws InterruptedException {
    return play(pipeline, candles, intents, Part.WHOLE, stop, progress);
  }

  /**
   * The steps that are played of a run.
   *
   * @param afterMs the step that was played last, epoch milliseconds UTC
   * @param untilMs the last step, epoch milliseconds UTC
   */
  public record Part(long afterMs, long untilMs) {

    /** All of them. */
    public static final Part WHOLE = new Part(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Plays some of the steps, or until a stop is requested.
   *
   * @param pipeline one that has come to where the part begins
   * @param progress hears about each step, once all that follows from it is done
   * @return how far it came
   */
  public static FeedReport play(
      MemoryPipeline pipeline,
      CandleFile candles,
      IntentQueue intents,
      Part part,
      Stop stop,
      Consumer<FeedProgress> progress)
      throws InterruptedException {
    pipeline.settle();
    Replay replay =
        new Replay(candles, intents, ReplaySettings.MAX, pipeline.barrier(), WallTime.system())
            .between(part.afterMs(), part.untilMs());
    return Feed.playHere(replay, pipeline.feed(), stop, progress);
  }
}
