package io.quantumtrader.binance;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what a stream does. Its silence is that of connections that stand: the time without any is
 * none, while a new connection by itself does not end the silence of the one before. One may serve
 * several sockets in a row, so that its counts go on where a stream is closed and opened again.
 * Thread-safe.
 */
public final class StreamMeter {
  private final LongSupplier elapsedMs;
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicLong standing = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong gapsFilled = new AtomicLong();
  private final AtomicLong messageAtMs = new AtomicLong();
  private final AtomicLong frameAtMs = new AtomicLong();
  private final AtomicLong noneSinceMs = new AtomicLong();

  /**
   * Creates it.
   *
   * @param elapsedMs milliseconds that only go forward, from any start
   */
  public StreamMeter(LongSupplier elapsedMs) {
    this.elapsedMs = elapsedMs;
  }

  /** Returns one by the time of this machine. */
  public static StreamMeter system() {
    return new StreamMeter(StreamTimes.system().elapsedMs());
  }

  /** Notes that what may have been missed was asked for and answered. */
  public void gapFilled() {
    gapsFilled.incrementAndGet();
  }

  void began() {
    long nowMs = elapsedMs.getAsLong();
    messageAtMs.set(nowMs);
    frameAtMs.set(nowMs);
    noneSinceMs.set(nowMs);
    wanted.incrementAndGet();
  }

  void ended() {
    wanted.decrementAndGet();
  }

  void stands(boolean first) {
    if (standing.getAndIncrement() == 0) {
      frameAtMs.addAndGet(elapsedMs.getAsLong() - noneSinceMs.get());
    }
    if (!first) {
      reconnects.incrementAndGet();
    }
  }

  void gone() {
    if (standing.decrementAndGet() == 0) {
      noneSinceMs.set(elapsedMs.getAsLong());
    }
  }

  void frame() {
    frameAtMs.set(elapsedMs.getAsLong());
  }

  void message() {
    messages.incrementAndGet();
    messageAtMs.set(elapsedMs.getAsLong());
  }

  /** What another thread has noted since now was read, or of a connection that was gone, is now. */
  private static long since(AtomicLong atMs, long nowMs) {
    return Math.max(0, nowMs - atMs.get());
  }

  /** Returns what it has counted. */
  public StreamNumbers numbers() {
    long wants = wanted.get();
    long nowMs = elapsedMs.getAsLong();
    return new StreamNumbers(
        wants,
        standing.get(),
        reconnects.get(),
        messages.get(),
        gapsFilled.get(),
        wants == 0 ? -1 : since(messageAtMs, nowMs),
        wants == 0 ? -1 : since(frameAtMs, nowMs));
  }
}
