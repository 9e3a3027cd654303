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
    pipeline.settle();
    Replay replay =
        new Replay(candles, intents, ReplaySettings.MAX, pipeline.barrier(), WallTime.system());
    return Feed.playHere(replay, pipeline.feed(), stop, progress);
  }
}
