package io.quantumtrader.market.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Polls a market on a thread of its own, so that no answer, late or never, holds up the clock. News
 * waits here until it is taken; where nobody takes it for a minute, nothing is asked any more.
 */
public final class PollThread implements NewsSource {

  private static final Duration EACH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 60;

  private final Callable<MarketNews> poll;
  private final BlockingQueue<MarketNews> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;

  /** Prepares it; {@code poll} is called by one thread, and interrupted at the end. */
  public PollThread(Callable<MarketNews> poll) {
    this.poll = poll;
    this.thread = new Thread(this::run, "quantum-market");
    this.thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<MarketNews> take() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    List<MarketNews> taken = new ArrayList<>();
    waiting.drainTo(taken);
    return taken;
  }

  private void run() {
    try {
      while (true) {
        MarketNews news = poll.call();
        if (!news.isEmpty()) {
          waiting.put(news);
        }
        Thread.sleep(EACH);
      }
    } catch (InterruptedException e) {
      // The end.
    } catch (RuntimeException e) {
      failure.set(e);
    } catch (Exception e) {
      failure.set(new IllegalStateException(e));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean unused = thread.join(PATIENCE);
    } catch (IllegalThreadStateException e) {
      // It was never started.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
