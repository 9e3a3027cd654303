package io.quantumtrader.replay.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.RecordedRun;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.TwoAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that is split anywhere leaves the same records and the same state as in one. */
final class ResumedRecordingTest {

  private static final int RANDOM_SPLITS = 5;

  @TempDir private Path directory;
  private int saved;

  /** Where a run was saved, and how much of it had been heard by then. */
  private record Split(long atMs, Path state, int heard) {}

  /** One run, and where it was saved meanwhile. */
  private final class Run {
    private final Recording recording;
    private final Set<Long> wanted;
    private final Heard heard = new Heard();
    private final List<Split> splits = new ArrayList<>();
    private boolean held;
    private boolean underWay;
    private StateHash hash;

    private Run(Recording recording, Set<Long> wanted) {
      this.recording = recording;
      this.wanted = wanted;
    }

    /** Saves it at the steps that are wanted, and at the first of each awkward kind. */
    private Run play() throws Exception {
      try (MemoryPipeline pipeline = MemoryPipeline.savable(setup(recording), heard)) {
        RecordedRun.play(
            pipeline,
            RecordedInput.of(recording),
            (steps, nowMs, share) -> {
              Heard.Situation now = heard.stepDone(pipeline);
              boolean awkward = now.held() && !held || now.underWay() && !underWay;
              held |= now.held();
              underWay |= now.underWay();
              if (awkward || wanted.contains(nowMs)) {
                splits.add(split(recording, pipeline, nowMs, heard.lines().size()));
              }
            });
        hash = pipeline.stateHash();
      }
      return this;
    }

    private List<String> after(Split split) {
      return heard.lines().subList(split.heard(), heard.lines().size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 11})
  void shouldEndTheSameFromWhereverItIsSplit(long seed) throws Exception {
    Recording recording = TradedDay.record(directory, seed);
    Set<Long> wanted =
        new Random(seed)
            .ints(TradedDay.FIRST, TradedDay.MINUTES)
            .distinct()
            .limit(RANDOM_SPLITS)
            .mapToObj(TradedDay::at)
            .collect(Collectors.toSet());
    wanted.add(TradedDay.at(50));

    Run whole = new Run(recording, wanted).play();

    assertThat(whole.held && whole.underWay).isTrue();
    assertThat(whole.splits).extracting(Split::atMs).containsAll(wanted);
    assertThat(whole.heard.codes())
        .containsKeys("HEAT_HOLD", "TRADING_HALTED", "POSITION_LIMIT", "CLOSE_GRANTED");
    assertThat(whole.hash.accounts()).containsOnlyKeys("main", TwoAccounts.OTHER);
    for (Split split : whole.splits) {
      Heard rest = new Heard();
      StateHash hash = resumed(recording, split, rest);
      assertThat(rest.lines()).as("after " + split.atMs()).isEqualTo(whole.after(split));
      assertThat(hash).as("after " + split.atMs()).isEqualTo(whole.hash);
    }
  }

  /** A run that went on from a saved one is saved again, and goes on from there. */
  @Test
  void shouldBeSavedAgainAfterItWentOn() throws Exception {
    Recording recording = TradedDay.record(directory, 7);
    long firstMs = TradedDay.at(320);
    Run whole = new Run(recording, Set.of(firstMs)).play();
    Split first =
        whole.splits.stream().filter(split -> split.atMs() == firstMs).findFirst().orElseThrow();
    long secondMs = TradedDay.at(370);
    Split second;
    try (MemoryPipeline pipeline = opened(recording, first).resume(setup(recording), new Heard())) {
      RecordedRun.play(pipeline, behind(recording, firstMs), secondMs, (steps, nowMs, share) -> {});
      second = split(recording, pipeline, secondMs, 0);
    }

    Heard rest = new Heard();
    StateHash hash = resumed(recording, second, rest);

    assertThat(hash).isEqualTo(whole.hash);
    assertThat(whole.heard.lines()).endsWith(rest.lines().toArray(String[]::new));
    assertThat(rest.lines()).hasSizeGreaterThan(1000);
  }

  private static PipelineSetup setup(Recording recording) {
    return new PipelineSetup(
        recording.counts(), TradedDay.paper(), Optional.empty(), Map.of(), List.of(), 0);
  }

  private Split split(Recording recording, MemoryPipeline pipeline, long nowMs, int heard) {
    Path where = directory.resolve("state-" + saved++);
    try {
      SavedState.write(
          where,
          pipeline,
          StateOrigin.of("test", setup(recording)),
          nowMs,
          InputDigest.of(RecordedInput.of(recording), nowMs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Split(nowMs, where, heard);
  }

  private static SavedState opened(Recording recording, Split split) {
    SavedState state = SavedState.open(split.state(), StateOrigin.of("test", setup(recording)));
    state.requireInput(InputDigest.of(RecordedInput.of(recording), split.atMs()));
    return state;
  }

  private static RecordedInput behind(Recording recording, long atMs) {
    RecordedInput input = RecordedInput.of(recording);
    input.skip(atMs);
    return input;
  }

  private static StateHash resumed(Recording recording, Split split, Heard rest) throws Exception {
    try (MemoryPipeline pipeline = opened(recording, split).resume(setup(recording), rest)) {
      RecordedRun.play(pipeline, behind(recording, split.atMs()), (steps, nowMs, share) -> {});
      return pipeline.stateHash();
    }
  }
}
