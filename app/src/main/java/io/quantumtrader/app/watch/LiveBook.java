package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.console.RedisPing;
import io.quantumtrader.app.metrics.OutsideWatch;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.book.Streams;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.tap.TopicTail;
import io.quantumtrader.console.view.PipelineRow;
import io.quantumtrader.console.view.PipelineView;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * The book of a pipeline that runs, as a command holds it: tables whole, of everything else the
 * last records, of prices only what is new. It goes on while it is open.
 */
final class LiveBook implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MS = 50;

  /** A broker that has not said by then how far the readers are will be told as not answering. */
  private static final Duration OUTSIDE_WITHIN = Duration.ofSeconds(15);

  private final Admin admin;
  private final RecordSerdes serdes;
  private final Book book = new Book(System::currentTimeMillis);
  private final TopicTail tail;
  private final Optional<RedisPing> redis;
  private final OutsideWatch outside;

  private LiveBook(RunningPipeline pipeline, Function<Topic, TopicTail.Begin> from) {
    redis = pipeline.redis().map(RedisPing::of);
    admin = Admin.create(pipeline.kafka());
    serdes = pipeline.serdes();
    outside = new OutsideWatch(pipeline.kafka(), serdes, redis.map(ping -> ping));
    tail = new TopicTail(pipeline.kafka(), serdes, from, this::take);
  }

  /**
   * Opens it, and reads to the end.
   *
   * @throws CommandFailure if the end is not reached within a minute
   * @throws org.apache.kafka.common.KafkaException if the topics cannot be read
   */
  static LiveBook open(RunningPipeline pipeline) {
    return open(pipeline, LiveBook::lately);
  }

  /**
   * Opens it so that it knows all that happened since a time, and reads to the end.
   *
   * @param sinceMs epoch milliseconds UTC
   * @throws CommandFailure if the end is not reached within a minute
   * @throws org.apache.kafka.common.KafkaException if the topics cannot be read
   */
  static LiveBook openSince(RunningPipeline pipeline, long sinceMs) {
    return open(
        pipeline,
        topic ->
            switch (topic) {
              // Decisions are counted; what was closed needs the plan and fills that opened it.
              case DECISION, DEAD_LETTER -> TopicTail.Begin.since(sinceMs);
              case APPLY_PLAN, APPLY_RESULT, EXCHANGE_INCOME -> TopicTail.Begin.WHOLE;
              default -> lately(topic);
            });
  }

  private static LiveBook open(RunningPipeline pipeline, Function<Topic, TopicTail.Begin> from) {
    LiveBook opened = new LiveBook(pipeline, from);
    try {
      opened.tail.start();
      opened.awaitEnd();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static TopicTail.Begin lately(Topic topic) {
    return switch (topic) {
      case CANDLE, MARK -> TopicTail.Begin.last(0);
      // A step may have the mark of a transaction behind it, as everything may.
      case CLOCK -> TopicTail.Begin.last(4);
      default ->
          topic.cleanup() == Topic.Cleanup.COMPACT
              ? TopicTail.Begin.WHOLE
              : TopicTail.Begin.last(Streams.DEFAULT_KEPT);
    };
  }

  private void take(TappedRecord record) {
    if (record.readable()) {
      book.accept(BookRecord.of(record));
    }
  }

  private void awaitEnd() {
    CaughtUp caughtUp = new CaughtUp(tail, admin);
    Screen screen = Screen.ofProcess();
    long began = System.nanoTime();
    while (!caughtUp.isThere()) {
      tail.failure()
          .ifPresent(
              failure -> {
                throw new CommandFailure(
                    "the topics cannot be read: " + failure.getMessage(), failure);
              });
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      if (waited.compareTo(PATIENCE) > 0) {
        throw new CommandFailure(
            "the topics could not be read to their ends within %d s; is the broker well?"
                .formatted(PATIENCE.toSeconds()));
      }
      screen.status("reading the topics ... " + waited.toSeconds() + " s");
      pause(LOOK_AGAIN_MS);
    }
    screen.clear();
  }

  /** Waits; an interruption is remembered. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  /** Returns the book. */
  Book book() {
    return book;
  }

  /** Returns what a reader makes of it. */
  <T> T read(Function<Pages, T> reader) {
    return book.read(reader);
  }

  /** Returns what moves in the pipeline. */
  PipelineRow pipeline() {
    Outside known = outside.get();
    return book.read(pages -> PipelineView.of(pages, known.readers(), book.wallMs()));
  }

  /** Returns how well the pipeline is. */
  HealthRow health() {
    Outside known = outside.get();
    return book.read(pages -> HealthScore.of(pages, known, book.wallMs()));
  }

  /**
   * Returns how well the pipeline is, once what is outside of the topics has been asked: a command
   * that has just begun knows nothing of it.
   */
  HealthRow settledHealth() {
    Screen screen = Screen.ofProcess();
    long began = System.nanoTime();
    while (!outside.isSettled() && System.nanoTime() - began < OUTSIDE_WITHIN.toNanos()) {
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      screen.status("asking broker, registry and Redis ... " + waited.toSeconds() + " s");
      pause(LOOK_AGAIN_MS);
    }
    screen.clear();
    return health();
  }

  @Override
  public void close() {
    tail.close();
    outside.close();
    redis.ifPresent(RedisPing::close);
    serdes.close();
    admin.close(Duration.ofSeconds(2));
  }
}
