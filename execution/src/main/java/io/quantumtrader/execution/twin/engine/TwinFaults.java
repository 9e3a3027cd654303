package io.quantumtrader.execution.twin.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;

/**
 * What goes wrong between the exchange and its clients: answers lost, connections cut, limits,
 * latency, a clock that is off. On demand, or by seed. Thread-safe. What goes wrong inside the
 * exchange is {@link io.quantumtrader.execution.twin.core.CoreFaults}.
 */
public final class TwinFaults {
  private final Deque<Wanted> wanted = new ArrayDeque<>();
  private final StreamFaults streams;
  private final Random random;
  private double share;
  private double lateShare;
  private long latestMs = 1;
  private long latencyMs;
  private long streamLatencyMs;
  private long clockOffsetMs;

  /** A fault that waits for its request. */
  private record Wanted(String method, String path, RestFault fault) {}

  /** Creates them, none wanted. */
  public TwinFaults(long seed) {
    random = new Random(seed);
    streams = new StreamFaults(seed + 1);
  }

  /** Returns what goes wrong on the streams. */
  public StreamFaults streams() {
    return streams;
  }

  /**
   * Lets the next requests go wrong.
   *
   * @param method for example {@code POST}; empty for every one
   * @param path what the path begins with, for example {@code /fapi/v1/order}
   * @param times how many, 1 or more
   */
  public synchronized void next(String method, String path, RestFault fault, int times) {
    for (int i = 0; i < times; i++) {
      wanted.addLast(new Wanted(method, path, fault));
    }
  }

  /**
   * Lets a share of the requests that place orders be cut or time out, half of them executed.
   *
   * @param part 0 to 1; 0 for none
   */
  public synchronized void random(double part) {
    share = part;
  }

  /**
   * Lets a share of the requests that place orders be cut or time out and be executed later, where
   * their timestamp is still good then. They come on top of those of {@link #random(double)}.
   *
   * @param part 0 to 1; 0 for none
   * @param longestMs how much later at the most, by the exchange's clock, milliseconds, 1 or more
   */
  public synchronized void late(double part, long longestMs) {
    lateShare = part;
    latestMs = Math.max(1, longestMs);
  }

  /** Returns how many of the faults that were wanted still wait for their requests. */
  public synchronized int waiting() {
    return wanted.size();
  }

  /**
   * Forgets the faults that still wait, and those by seed; latencies and clock are as they were.
   */
  public synchronized void clear() {
    wanted.clear();
    share = 0;
    lateShare = 0;
  }

  /** Lets each answer wait, milliseconds, 0 or more. */
  public synchronized void latencyMs(long ms) {
    latencyMs = Math.max(0, ms);
  }

  /** Lets each event wait, milliseconds, 0 or more. */
  public synchronized void streamLatencyMs(long ms) {
    streamLatencyMs = Math.max(0, ms);
  }

  /** Puts the exchange's clock forward, or back below 0, milliseconds. */
  public synchronized void clockOffsetMs(long ms) {
    clockOffsetMs = ms;
  }

  /** Returns how long answers wait, milliseconds. */
  public synchronized long latencyMs() {
    return latencyMs;
  }

  /** Returns how long events wait, milliseconds. */
  public synchronized long streamLatencyMs() {
    return streamLatencyMs;
  }

  /** Returns how far the exchange's clock is ahead, milliseconds. */
  public synchronized long clockOffsetMs() {
    return clockOffsetMs;
  }

  /**
   * Decides over a request, and uses up what was wanted.
   *
   * @param placesOrder whether it places an order
   * @param exit whether that order can only close
   */
  public synchronized Optional<RestFault> take(
      String method, String path, boolean placesOrder, boolean exit) {
    for (Wanted next : wanted) {
      boolean fits =
          path.startsWith(next.path()) && (next.method().isEmpty() || next.method().equals(method));
      if (fits && !(exit && next.fault().sparesExits())) {
        // The first of equal ones: which of them it is makes no difference.
        wanted.removeFirstOccurrence(next);
        return Optional.of(next.fault());
      }
    }
    return placesOrder && share + lateShare > 0 ? byChance() : Optional.empty();
  }

  private Optional<RestFault> byChance() {
    double drawn = random.nextDouble();
    boolean executes = random.nextBoolean();
    boolean cut = random.nextBoolean();
    if (drawn >= share + lateShare) {
      return Optional.empty();
    }
    RestFault fault = cut ? RestFault.cut(executes) : RestFault.timeout(executes);
    return Optional.of(drawn < share ? fault : fault.arrivingAfter(1 + random.nextLong(latestMs)));
  }
}
