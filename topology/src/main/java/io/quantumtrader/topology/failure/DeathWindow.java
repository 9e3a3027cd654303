package io.quantumtrader.topology.failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the deaths of stream threads come to. Time is passed in, milliseconds of any clock that does
 * not go back.
 *
 * <ul>
 *   <li>A death is forgotten a window after it happened.
 *   <li>A cause that passes by itself is waited out, however often it comes.
 *   <li>Another one that comes again without progress, {@link #MOST} times within the window, is
 *       the end. Progress is a death in the same partition at another record: then those before it
 *       no longer count.
 *   <li>The more often one comes, the longer is the pause before the next thread.
 * </ul>
 */
final class DeathWindow {

  /** How long a death is remembered. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** How often one cause may come again within the window before it is the end. */
  static final int MOST = 10;

  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 10_000;

  /** What is to be done about a death. */
  sealed interface Verdict {}

  /**
   * Another thread takes over.
   *
   * @param pauseMs after this time, 0 or more
   */
  record Replace(long pauseMs) implements Verdict {}

  /**
   * The process ends.
   *
   * @param reason what repeats, where and how often
   */
  record End(String reason) implements Verdict {}

  private record Seen(Death death, long atMs) {}

  private final List<Seen> seen = new ArrayList<>();

  /** Takes a death, and says what is to be done. */
  Verdict add(Death death, long nowMs) {
    forget(nowMs);
    seen.removeIf(before -> death.isBeyond(before.death()));
    seen.add(new Seen(death, nowMs));
    int times = (int) seen.stream().filter(each -> each.death().isAgain(death)).count();
    if (!death.kind().passes() && times >= MOST) {
      return new End(
          "threads of the stages died %d times within %d min without progress, of %s"
              .formatted(times, WINDOW.toMinutes(), death));
    }
    return new Replace(
        times == 1 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(times - 2, 20)));
  }

  /** Returns how many are remembered. */
  int count(long nowMs) {
    forget(nowMs);
    return seen.size();
  }

  /** Returns the last death, and how long ago it was, where it is remembered. */
  Optional<String> last(long nowMs) {
    forget(nowMs);
    return seen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the last %d s ago, of %s"
                .formatted((nowMs - seen.getLast().atMs()) / 1000, seen.getLast().death()));
  }

  /** Returns how long ago the last one was, milliseconds; empty where none is remembered. */
  Optional<Long> sinceLastMs(long nowMs) {
    forget(nowMs);
    return seen.isEmpty() ? Optional.empty() : Optional.of(nowMs - seen.getLast().atMs());
  }

  private void forget(long nowMs) {
    seen.removeIf(each -> nowMs - each.atMs() >= WINDOW.toMillis());
  }
}
