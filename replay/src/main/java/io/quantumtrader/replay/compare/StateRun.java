package io.quantumtrader.replay.compare;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Runs candles for their market states alone: without agent and intents. */
public final class StateRun {

  private StateRun() {}

  /**
   * Returns the states in the order in which they were published.
   *
   * @param share hears how much is done, 0 to 1
   */
  public static List<MarketState> of(PipelineSetup setup, CandleFile candles, DoubleConsumer share)
      throws InterruptedException {
    List<MarketState> states = new ArrayList<>();
    TopicFold fold =
        new TopicFold(Set.of(Topic.MARKET_STATE), record -> states.add((MarketState) record));
    try (MemoryPipeline pipeline = new MemoryPipeline(setup.withAgent(Optional.empty()), fold)) {
      fold.decodeWith(pipeline.serdes());
      CandleRun.play(
          pipeline, candles, IntentQueue.empty(), new Stop(), step -> share.accept(step.share()));
    }
    return states;
  }
}
