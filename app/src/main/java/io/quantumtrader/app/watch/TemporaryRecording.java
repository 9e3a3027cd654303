package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingException;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.record.StageReplay;
import io.quantumtrader.replay.state.CutRecording;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.BrokerCounts;
import io.quantumtrader.schemas.topic.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** A pipeline's topics as they are now, recorded into a directory that is deleted again. */
final class TemporaryRecording implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SAY_EVERY = 10_000;

  private final Path above;

  private TemporaryRecording(Path above) {
    this.above = above;
  }

  /**
   * Records them.
   *
   * @param program version of the program
   * @throws CommandFailure if they cannot be read or written
   */
  static TemporaryRecording of(RunningPipeline pipeline, String program) {
    Screen screen = Screen.ofProcess();
    try {
      TemporaryRecording made = new TemporaryRecording(Files.createTempDirectory("quantum-topics"));
      try (Admin admin = Admin.create(pipeline.kafka());
          RecordSerdes serdes = pipeline.serdes();
          RecordingWriter files =
              new RecordingWriter(
                  made.directory(), BrokerCounts.of(admin, PATIENCE).all(), program)) {
        new RecordedTopics(serdes, Long.MIN_VALUE, Long.MAX_VALUE, count -> say(count, screen))
            .read(new TopicReader(pipeline.kafka(), PATIENCE), files);
        files.finish();
        return made;
      } catch (RuntimeException | IOException e) {
        made.close();
        throw e;
      } finally {
        screen.clear();
      }
    } catch (KafkaException | IOException | UncheckedIOException e) {
      throw new CommandFailure("the topics cannot be recorded: " + e.getMessage(), e);
    }
  }

  private static void say(long count, Screen screen) {
    if (count % SAY_EVERY == 0) {
      screen.status("recording the topics ... %,d records".formatted(count));
    }
  }

  /**
   * Returns where the end of it is, with what the stages had by then: so they can decide it again.
   *
   * @param fromMs where the end begins, epoch milliseconds UTC on the pipeline's clock
   * @param program version of the program
   * @param talk hears where the stages cannot be brought there, and why
   * @throws CommandFailure if it cannot be written
   */
  Path end(long fromMs, String program, Consumer<String> talk) {
    Screen screen = Screen.ofProcess();
    Path end = above.resolve("end");
    try {
      Recording whole = Recording.open(directory());
      if (whole.isFromTheBeginning() && StageReplay.isPossible(whole)) {
        CutRecording.write(
            whole,
            fromMs,
            end,
            program,
            share ->
                screen.status("deciding what came before ... %3.0f %%".formatted(100 * share)));
      } else {
        CutRecording.copy(whole, fromMs, end, program);
        talk.accept(
            "The topics do not hold all that the stages decided on before: why reads this bundle,"
                + " replay cannot.");
      }
      return end;
    } catch (RecordingException | IOException e) {
      throw new CommandFailure("the topics cannot be cut: " + e.getMessage(), e);
    } finally {
      screen.clear();
    }
  }

  /** Returns where the recording is. */
  Path directory() {
    return above.resolve("recording");
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(above)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CommandFailure(above + " could not be deleted: " + e.getMessage(), e);
    }
  }
}
