package io.quantumtrader.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

/**
 * Processor time of this process and of its threads. The broker runs in the same process, so what
 * it needs is in the process' time; what the measurement itself needs is known by the names of its
 * threads, and taken off.
 */
public final class CpuMeter {

  /** What the names of threads and the client ids begin with that belong to the measurement. */
  public static final String OWN = "bench-own";

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuMeter() {}

  private record OfThread(String name, long nanos) {}

  /**
   * A moment.
   *
   * @param atNanos time of the monotonic clock
   * @param processNanos processor time of the process so far
   * @param threads processor time of each thread so far
   */
  public record Reading(long atNanos, long processNanos, Map<Long, OfThread> threads) {

    /** Returns what was spent since an earlier moment. */
    public Spent since(Reading earlier) {
      Map<String, Long> byName = new HashMap<>();
      threads.forEach(
          (id, thread) -> {
            OfThread before = earlier.threads.get(id);
            long nanos = thread.nanos() - (before == null ? 0 : before.nanos());
            byName.merge(thread.name(), nanos, Long::sum);
          });
      return new Spent(atNanos - earlier.atNanos, processNanos - earlier.processNanos, byName);
    }
  }

  /**
   * What was spent between two moments.
   *
   * @param elapsedNanos time that passed
   * @param wholeNanos processor time of the process, that of the measurement included
   * @param byThread processor time by the name of the thread
   */
  public record Spent(long elapsedNanos, long wholeNanos, Map<String, Long> byThread) {

    /** Returns the processor time of the process without what the measurement itself needed. */
    public long processNanos() {
      return wholeNanos - threads(name -> name.contains(OWN));
    }

    /** Returns the processor time of the threads with such names. */
    public long threads(Predicate<String> names) {
      return byThread.entrySet().stream()
          .filter(each -> names.test(each.getKey()))
          .mapToLong(Entry::getValue)
          .sum();
    }

    /** Returns the processor time of the threads that belong to a client, its helpers included. */
    public long client(String clientId) {
      return threads(name -> name.contains(clientId));
    }

    /** Returns the sum of both. */
    public Spent plus(Spent other) {
      Map<String, Long> both = new HashMap<>(byThread);
      other.byThread.forEach((name, nanos) -> both.merge(name, nanos, Long::sum));
      return new Spent(elapsedNanos + other.elapsedNanos, wholeNanos + other.wholeNanos, both);
    }

    /** Returns nothing spent. */
    public static Spent nothing() {
      return new Spent(0, 0, Map.of());
    }
  }

  /** Reads all meters. */
  public static Reading read() {
    long at = System.nanoTime();
    long process = SYSTEM.getProcessCpuTime();
    long[] ids = THREADS.getAllThreadIds();
    ThreadInfo[] infos = THREADS.getThreadInfo(ids);
    long[] nanos = THREADS.getThreadCpuTime(ids);
    Map<Long, OfThread> threads = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      // A thread that ended meanwhile has no name and no time.
      if (infos[i] != null && nanos[i] >= 0) {
        threads.put(ids[i], new OfThread(infos[i].getThreadName(), nanos[i]));
      }
    }
    return new Reading(at, process, threads);
  }

  /** Names the current thread as one of the measurement's own. */
  public static void nameOwnThread() {
    Thread.currentThread().setName(OWN + "-main");
  }
}
