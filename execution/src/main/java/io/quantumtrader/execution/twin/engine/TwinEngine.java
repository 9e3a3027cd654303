package io.quantumtrader.execution.twin.engine;

import io.quantumtrader.execution.twin.core.TwinCore;
import io.quantumtrader.execution.twin.core.TwinEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The core behind a lock, with a clock. What a call has to tell is handed to the listeners before
 * the next call, so that they hear of everything in the order in which it happened. Thread-safe.
 */
public final class TwinEngine {
  private final TwinCore core;
  private final LongSupplier wallMs;
  private final TwinFaults faults;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<TwinEvent>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Creates it.
   *
   * @param wallMs the clock before any offset, epoch milliseconds UTC
   */
  public TwinEngine(TwinCore core, TwinFaults faults, LongSupplier wallMs) {
    this.core = core;
    this.faults = faults;
    this.wallMs = wallMs;
  }

  /** Returns the exchange's clock, epoch milliseconds UTC, with the offset it was given. */
  public long nowMs() {
    return wallMs.getAsLong() + faults.clockOffsetMs();
  }

  /** Returns the faults that are wanted. */
  public TwinFaults faults() {
    return faults;
  }

  /** Lets a listener hear of events; it must not wait. */
  public void listen(Consumer<TwinEvent> listener) {
    listeners.add(listener);
  }

  /** Asks, or changes, the core; returns what the call returns, throws what it throws. */
  public <T> T ask(BiFunction<TwinCore, Long, T> call) {
    lock.lock();
    try {
      T answer = call.apply(core, nowMs());
      tell();
      return answer;
    } catch (RuntimeException failed) {
      // What was told before the call failed has happened all the same.
      tell();
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns a symbol as it is listed; refused with -1121 where it is not. */
  public String listed(String symbol) {
    return ask((exchange, nowMs) -> exchange.tape(symbol).symbol().symbol());
  }

  /** Changes the core. */
  public void change(Change change) {
    int unused =
        ask(
            (exchange, nowMs) -> {
              change.apply(exchange, nowMs);
              return 0;
            });
  }

  /** A change of the core. */
  @FunctionalInterface
  public interface Change {
    /** Changes it at a time, epoch milliseconds UTC. */
    void apply(TwinCore core, long nowMs);
  }

  private void tell() {
    for (TwinEvent event : core.drain()) {
      listeners.forEach(listener -> listener.accept(event));
    }
  }
}
