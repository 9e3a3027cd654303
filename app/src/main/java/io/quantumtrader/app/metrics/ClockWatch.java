package io.quantumtrader.app.metrics;

import io.quantumtrader.topology.time.ProcessClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the clock of each account partition in those who go by it with the clock of the topic,
 * and both with wall time, in both directions. Times are passed in. May be used by several threads.
 *
 * <p>Wall time counts only where the clock is live, which its steps of a second say: in a replay
 * the clock is the file's, and a partition is late only where it does not move at all.
 */
final class ClockWatch {

  /** How far a live clock may be behind, and how long one may stand, milliseconds. */
  static final long LATE_MS = 30_000;

  /** How far a clock may be ahead of wall time, milliseconds. */
  static final long AHEAD_MS = ProcessClock.TOLERANCE_MS;

  private static final long LIVE_STEP_MS = 1_000;

  private record Step(long nowMs, long stepMs) {}

  private final Map<Integer, Step> topic = new TreeMap<>();
  private final Map<String, Followers<Integer>> standing = new TreeMap<>();
  private boolean replay;

  /** Says that event time is a file's, whatever its steps. */
  synchronized void replay() {
    replay = true;
  }

  /** Takes a committed step of the clock, one after the other as they are in the topic. */
  synchronized void step(int partition, long nowMs, long stepMs) {
    topic.put(partition, new Step(nowMs, stepMs));
  }

  /** Returns whether there was a step at all. */
  synchronized boolean isKnown() {
    return !topic.isEmpty();
  }

  private boolean isLive(Step step) {
    return !replay && step.stepMs() <= LIVE_STEP_MS;
  }

  /**
   * Compares the topic's clock with wall time.
   *
   * @return what is wrong, with its numbers; empty where nothing is, and before the first step
   */
  synchronized Optional<String> topic(long wallMs) {
    for (Map.Entry<Integer, Step> each : topic.entrySet()) {
      if (isLive(each.getValue())) {
        long lateMs = wallMs - each.getValue().nowMs();
        if (lateMs > LATE_MS || lateMs < -AHEAD_MS) {
          return Optional.of(
              "the clock of partition %d is at %s, %s wall time"
                  .formatted(each.getKey(), at(each.getValue().nowMs()), apart(lateMs)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Compares the clocks of a process with the topic's and with wall time.
   *
   * @param name who has them
   * @param clocks by partition, epoch ms; 0 where none was seen yet
   * @param nowMs milliseconds of a clock that does not go back
   * @return what is wrong, with its numbers; empty where nothing is
   */
  synchronized Optional<String> followers(
      String name, Map<Integer, Long> clocks, long nowMs, long wallMs) {
    Followers<Integer> rows =
        standing.computeIfAbsent(name, any -> new Followers<>(Followers.Ends.ALL));
    rows.keep(clocks.keySet());
    for (Map.Entry<Integer, Long> each : new TreeMap<>(clocks).entrySet()) {
      Step step = topic.get(each.getKey());
      if (step == null) {
        continue;
      }
      long at = each.getValue();
      rows.look(each.getKey(), at, step.nowMs(), nowMs);
      long behindMs = step.nowMs() - at;
      if (isLive(step) && at != 0 && (behindMs > LATE_MS || wallMs - at < -AHEAD_MS)) {
        return Optional.of(
            "partition %d is at %s, the topic at %s (%s), %s wall time"
                .formatted(
                    each.getKey(), at(at), at(step.nowMs()), apart(behindMs), apart(wallMs - at)));
      }
    }
    return rows.worst(LATE_MS, nowMs)
        .map(
            worst ->
                "partition %d has been stuck at %s for %d s; the topic is at %s"
                    .formatted(
                        worst.who(),
                        worst.at() == 0 ? "no time yet" : at(worst.at()),
                        worst.standingMs() / 1000,
                        at(worst.end())));
  }

  /** Returns how far the worst of these clocks is behind the topic's, milliseconds, 0 or more. */
  synchronized long behindMs(Map<Integer, Long> clocks) {
    return clocks.entrySet().stream()
        .filter(each -> topic.containsKey(each.getKey()))
        .mapToLong(each -> topic.get(each.getKey()).nowMs() - each.getValue())
        .filter(behind -> behind > 0)
        .max()
        .orElse(0);
  }

  private static Instant at(long epochMs) {
    return Instant.ofEpochMilli(epochMs);
  }

  private static String apart(long behindMs) {
    return behindMs >= 0 ? behindMs / 1000 + " s behind" : (-behindMs + 999) / 1000 + " s ahead of";
  }
}
