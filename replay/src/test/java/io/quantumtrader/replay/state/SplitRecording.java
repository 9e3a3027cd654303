package io.quantumtrader.replay.state;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.RecordedRun;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays a recording in one and saves it meanwhile, and goes on from what was saved. */
final class SplitRecording {

  private final Path directory;
  private final Recording recording;
  private final PaperSettings paper;
  private int saved;

  /**
   * Prepares it.
   *
   * @param directory gets the states
   */
  SplitRecording(Path directory, Recording recording, PaperSettings paper) {
    this.directory = directory;
    this.recording = recording;
    this.paper = paper;
  }

  /**
   * Where it was saved.
   *
   * @param atMs the last step by then
   * @param heard how many records there were by then
   */
  record Split(long atMs, Path state, int heard) {}

  /** One run, and where it was saved meanwhile. */
  final class Run {
    private final Heard heard = new Heard();
    private final List<Split> splits = new ArrayList<>();
    private boolean held;
    private boolean underWay;
    private StateHash hash;

    Heard heard() {
      return heard;
    }

    List<Split> splits() {
      return splits;
    }

    StateHash hash() {
      return hash;
    }

    /** Returns whether it was saved where a close was held back, and with a plan under way. */
    boolean awkward() {
      return held && underWay;
    }

    /** Returns all records after a split. */
    List<String> after(Split split) {
      return heard.lines().subList(split.heard(), heard.lines().size());
    }

    private void stepDone(MemoryPipeline pipeline, long nowMs, Set<Long> wanted) {
      Heard.Situation now = heard.stepDone(pipeline);
      boolean awkward = (now.held() && !held) || (now.underWay() && !underWay);
      held |= now.held();
      underWay |= now.underWay();
      if (awkward || wanted.contains(nowMs)) {
        splits.add(save(pipeline, nowMs, heard.lines().size()));
      }
    }
  }

  /** Saves it at the steps that are wanted, and at the first of each awkward kind. */
  Run play(Set<Long> wanted) throws InterruptedException {
    Run run = new Run();
    try (MemoryPipeline pipeline = MemoryPipeline.savable(setup(), run.heard)) {
      RecordedRun.play(
          pipeline,
          RecordedInput.of(recording),
          (steps, nowMs, share) -> run.stepDone(pipeline, nowMs, wanted));
      run.hash = pipeline.stateHash();
    }
    return run;
  }

  PipelineSetup setup() {
    return new PipelineSetup(recording.counts(), paper, Optional.empty(), Map.of(), List.of(), 0);
  }

  /** Saves a run that has come to a time. */
  Split save(MemoryPipeline pipeline, long nowMs, int heard) {
    Path where = directory.resolve("state-" + saved++);
    String input = InputDigest.of(RecordedInput.of(recording), nowMs);
    try {
      SavedState.write(where, pipeline, StateOrigin.of("test", setup()), nowMs, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Split(nowMs, where, heard);
  }

  /** Returns a pipeline that stands where it was saved. */
  MemoryPipeline resumed(Split split, Heard rest) {
    SavedState state = SavedState.open(split.state(), StateOrigin.of("test", setup()));
    state.requireInput(InputDigest.of(RecordedInput.of(recording), split.atMs()));
    return state.resume(setup(), rest);
  }

  /** Plays on from a split up to a time. */
  void playOn(MemoryPipeline pipeline, Split split, long untilMs) throws InterruptedException {
    RecordedInput input = RecordedInput.of(recording);
    input.skip(split.atMs());
    RecordedRun.play(pipeline, input, untilMs, (steps, nowMs, share) -> {});
  }

  /** Goes on from a split to the end, and returns the state there. */
  StateHash end(Split split, Heard rest) throws InterruptedException {
    try (MemoryPipeline pipeline = resumed(split, rest)) {
      playOn(pipeline, split, Long.MAX_VALUE);
      return pipeline.stateHash();
    }
  }
}
