package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Directories;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.state.SavedState;
import io.quantumtrader.replay.state.StateException;
import io.quantumtrader.replay.state.StateOrigin;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A run that begins where a saved one ended, or ends before its input does. */
final class SplitRun {

  private static final int USAGE = 2;

  private final SplitOptions options;
  private final PipelineSetup setup;
  private final Optional<StateOrigin> origin;
  private final Optional<SavedState> state;
  private final LongFunction<String> input;

  /**
   * Opens the state that it goes on from, if any; nothing is played before all of it is checked.
   *
   * @param program version of the program
   * @param input gives the digest of what is played until a time, epoch milliseconds UTC
   * @throws CommandFailure where the state cannot be used, or the new one not be written
   */
  SplitRun(SplitOptions options, String program, PipelineSetup setup, LongFunction<String> input) {
    this.options = options;
    this.setup = setup;
    this.input = input;
    try {
      boolean identified = options.from().isPresent() || options.save().isPresent();
      origin = identified ? Optional.of(StateOrigin.of(program, setup)) : Optional.empty();
      state = options.from().map(where -> SavedState.open(where, origin.orElseThrow()));
      state.ifPresent(from -> from.requireInput(input.apply(from.manifest().untilMs())));
      if (options.save().isPresent()) {
        requireEmpty(options.save().get());
      }
    } catch (StateException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    }
    if (untilMs() <= afterMs()) {
      throw new CommandFailure(
          USAGE,
          "--until must be after %s, where the state ends"
              .formatted(Instant.ofEpochMilli(afterMs())),
          null);
    }
  }

  private static void requireEmpty(Path directory) {
    Directories.requireWritable("--save", directory);
    try {
      SavedState.requireEmpty(directory);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Returns whether it goes on from a state. */
  boolean goesOn() {
    return state.isPresent();
  }

  /** Returns the step that was played last, epoch milliseconds UTC. */
  long afterMs() {
    return state.map(from -> from.manifest().untilMs()).orElse(Long.MIN_VALUE);
  }

  /** Returns the last step to play, epoch milliseconds UTC. */
  long untilMs() {
    return options.untilMs().orElse(Long.MAX_VALUE);
  }

  /**
   * Returns the pipeline, which stands where the run begins.
   *
   * @param tap hears of each record from then on
   * @param before hears of the rows that lie there already
   */
  MemoryPipeline pipeline(LogTap tap, Consumer<TappedRecord> before) {
    MemoryPipeline pipeline = made(tap);
    tap.decodeWith(pipeline.serdes());
    TopicValues values = new TopicValues(pipeline.serdes());
    state
        .map(SavedState::rows)
        .orElse(Map.of())
        .forEach(
            (topic, rows) ->
                rows.forEach((key, value) -> before.accept(earlier(topic, key, value, values))));
    return pipeline;
  }

  private static TappedRecord earlier(Topic topic, byte[] key, byte[] value, TopicValues values) {
    return TappedRecord.of(
        topic,
        new ConsumerRecord<>(topic.topicName(), 0, 0, key, value),
        values.read(topic, value),
        true);
  }

  private MemoryPipeline made(RecordLog.Listener listener) {
    try {
      return state.isPresent()
          ? state.get().resume(setup, listener)
          : options.save().isPresent()
              ? MemoryPipeline.savable(setup, listener)
              : new MemoryPipeline(setup, listener);
    } catch (StateException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    }
  }

  /**
   * Saves the state, if that is asked for.
   *
   * @param steps how many were played
   * @param lastMs the last that was played, epoch milliseconds UTC
   * @throws CommandFailure where nothing was played, or it cannot be written
   */
  void save(MemoryPipeline pipeline, long steps, long lastMs, Screen screen) {
    if (options.save().isEmpty()) {
      return;
    }
    if (steps == 0) {
      throw new CommandFailure(USAGE, "nothing was played by --until, so nothing is saved", null);
    }
    Path where = options.save().get();
    try {
      SavedState.write(where, pipeline, origin.orElseThrow(), lastMs, input.apply(lastMs));
    } catch (StateException e) {
      throw new CommandFailure(USAGE, e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + where + ": " + e.getMessage(), e);
    }
    screen.line(
        "  saved after " + Instant.ofEpochMilli(lastMs) + "; go on with --from-state " + where);
  }
}
