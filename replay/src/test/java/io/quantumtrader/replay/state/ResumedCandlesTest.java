package io.quantumtrader.replay.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.PartitionCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Candles with an agent and intents leave the same records and the same state wherever they are
 * split: the agent goes on with what it remembered, and intents that are not due yet come in time.
 */
final class ResumedCandlesTest {

  @TempDir private Path directory;

  /** What is played: anew with each call where it is used up. */
  private record Play(PipelineSetup setup, CandleFile candles, Supplier<IntentQueue> intents) {}

  /** Where it was saved, and how much had been heard by then. */
  private record Split(long atMs, Path state, int heard) {}

  @ParameterizedTest
  @ValueSource(longs = {7, 11})
  void shouldEndTheSameWithAnAgentFromWhereverTheyAreSplit(long seed) throws Exception {
    CandleFile candles = TradedDay.candles(directory, seed);
    Play play = new Play(TradedDay.setup(), candles, () -> TradedDay.intents(seed));
    Set<Long> wanted = new TreeSet<>();
    new Random(seed)
        .ints(TradedDay.FIRST, TradedDay.MINUTES)
        .distinct()
        .limit(4)
        .forEach(minute -> wanted.add(TradedDay.at(minute)));

    assertThat(sameFrom(play, wanted).codes()).containsKeys("PERMIT_GRANTED", "CLOSE_GRANTED");
  }

  /** The day of real candles, with the default partitions and one account. */
  @Test
  @EnabledIfSystemProperty(
      named = "quantum.long",
      matches = "true",
      disabledReason = "takes minutes; run it with -Dquantum.long=true")
  void shouldEndTheSameOnADayOfRealCandles() throws Exception {
    Path day = Path.of("..", "..", "shared", "data", "binance-usdm-candles-1m-2025-11-19.csv.gz");
    Assumptions.assumeTrue(Files.isReadable(day), "the day is not here");
    CandleFile candles = CandleFile.read(day);
    long beginMs = candles.firstCloseTimeMs();
    PipelineSetup setup =
        new PipelineSetup(
            PartitionCounts.DEFAULT,
            PaperSettings.DEFAULT,
            Optional.of(AgentSettings.DEFAULT),
            Map.of(Policies.DEFAULT, Policies.initial(beginMs)),
            TwoAccounts.setup(List.of()).controls(),
            beginMs);

    Heard heard =
        sameFrom(
            new Play(setup, candles, IntentQueue::empty),
            Set.of(beginMs + 12 * 3_600_000L, beginMs + 20 * 3_600_000L + 60_000L));

    assertThat(heard.codes()).containsKeys("PERMIT_GRANTED", "CLOSE_GRANTED");
  }

  private Heard sameFrom(Play play, Set<Long> wanted) throws Exception {
    Heard heard = new Heard();
    List<Split> splits = new ArrayList<>();
    StateHash whole;
    try (MemoryPipeline pipeline = MemoryPipeline.savable(play.setup(), heard)) {
      CandleRun.play(
          pipeline,
          play.candles(),
          play.intents().get(),
          new Stop(),
          progress -> {
            if (wanted.contains(progress.nowMs())) {
              splits.add(split(play, pipeline, progress.nowMs(), heard.lines().size()));
            }
          });
      heard.stepDone(pipeline);
      whole = pipeline.stateHash();
    }
    assertThat(splits).hasSameSizeAs(wanted);
    for (Split split : splits) {
      Heard rest = new Heard();
      StateHash hash = resumed(play, split, rest);
      rest.requireSame(
          heard.lines().subList(split.heard(), heard.lines().size()), "after " + split.atMs());
      assertThat(hash).as("after " + split.atMs()).isEqualTo(whole);
    }
    return heard;
  }

  private Split split(Play play, MemoryPipeline pipeline, long nowMs, int heard) {
    Path where = directory.resolve("state-" + nowMs);
    String input = InputDigest.of(play.candles(), play.intents().get(), nowMs);
    try {
      SavedState.write(where, pipeline, StateOrigin.of("test", play.setup()), nowMs, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Split(nowMs, where, heard);
  }

  private static StateHash resumed(Play play, Split split, Heard rest) throws Exception {
    SavedState state = SavedState.open(split.state(), StateOrigin.of("test", play.setup()));
    IntentQueue intents = play.intents().get();
    state.requireInput(InputDigest.of(play.candles(), intents, split.atMs()));
    try (MemoryPipeline pipeline = state.resume(play.setup(), rest)) {
      CandleRun.play(
          pipeline,
          play.candles(),
          intents,
          new CandleRun.Part(split.atMs(), Long.MAX_VALUE),
          new Stop(),
          progress -> {});
      return pipeline.stateHash();
    }
  }
}
