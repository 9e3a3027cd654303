package io.quantumtrader.market;

import io.quantumtrader.schemas.time.Stop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The market feed as a service: plays its source on a thread of its own. It may be stopped at any
 * time; what it has written by then stays.
 */
public final class Feed implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FeedSource source;
  private final FeedOutput output;
  private final FeedRun run;
  private final Stop stop = new Stop();
  private final CompletableFuture<FeedReport> finished = new CompletableFuture<>();
  private final Thread thread;

  /**
   * Prepares the feed.
   *
   * @param source what it plays
   * @param output where it writes; taken over and closed with this
   * @param listener hears about each step on the feed's thread, so it must be quick
   */
  public Feed(FeedSource source, FeedOutput output, Consumer<FeedProgress> listener) {
    this.source = source;
    this.output = output;
    this.run = new FeedRun(output, stop, listener);
    this.thread = new Thread(this::play, "quantum-feed");
    this.thread.setDaemon(true);
  }

  /**
   * Plays a source on the thread that calls, to its end or until a stop is requested.
   *
   * @param output where it writes; stays the caller's
   * @param listener hears about each step
   * @return how far it came
   * @throws FeedException where a record was refused
   */
  public static FeedReport playHere(
      FeedSource source, FeedOutput output, Stop stop, Consumer<FeedProgress> listener)
      throws InterruptedException {
    return play(source, new FeedRun(output, stop, listener));
  }

  private static FeedReport play(FeedSource source, FeedRun run) throws InterruptedException {
    boolean complete = source.play(run);
    return new FeedReport(complete, run.progress());
  }

  /** Starts to play; once only. */
  public void start() {
    thread.start();
  }

  /** Returns how far it is. */
  public FeedProgress progress() {
    return run.progress();
  }

  /** Returns what it waits for, where it has waited for some seconds. */
  public Optional<String> trouble() {
    return output.trouble();
  }

  /**
   * Returns what completes when the feed ends: with a report where everything was played (and, in a
   * replay, all that follows was done) or where it was stopped, else with the failure.
   */
  public CompletableFuture<FeedReport> finished() {
    return finished.copy();
  }

  private void play() {
    try {
      finished.complete(play(source, run));
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      finished.complete(new FeedReport(false, run.progress()));
    } catch (RuntimeException e) {
      finished.completeExceptionally(e);
    }
  }

  /** Stops playing, within 10 s, and closes the output. */
  @Override
  public void close() {
    stop.request();
    output.stopWaiting();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (IllegalThreadStateException e) {
      finished.complete(new FeedReport(false, run.progress()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      output.close();
    }
  }
}
