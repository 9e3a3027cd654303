package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the decisions of a replay with those of its recording: which input, at which stage, at
 * which time, in their order. All decisions of the recording are in memory, about 2 kB for each.
 */
public final class DecisionMatch {

  /**
   * A decision that is not the same.
   *
   * @param recorded as it was; empty where there was none
   * @param replayed as it is; empty where there is none
   */
  public record Difference(Optional<Decision> recorded, Optional<Decision> replayed) {

    long atMs() {
      return recorded.or(() -> replayed).orElseThrow().getAtMs();
    }
  }

  /** What a decision is about. */
  private record About(String account, String stage, String causeType, String causeId, long atMs) {

    static About of(Decision decision) {
      return new About(
          decision.getAccount(),
          decision.getStage(),
          decision.getCauseType().name(),
          decision.getCauseId(),
          decision.getAtMs());
    }
  }

  private final Map<About, Deque<Decision>> recorded = new HashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private long endMs = Long.MIN_VALUE;
  private long same;
  private long otherLookups;

  /** Adds a decision of the recording; all of them before the first of the replay. */
  public void recorded(Decision decision) {
    recorded.computeIfAbsent(About.of(decision), any -> new ArrayDeque<>()).add(decision);
    endMs = Math.max(endMs, decision.getAtMs());
  }

  /**
   * Takes a decision of the replay. One of the last recorded step or later that is not in the
   * recording differs from nothing: a pipeline that runs has taken records whose decisions come
   * after the recording's end.
   */
  public void replayed(Decision decision) {
    Deque<Decision> was = recorded.get(About.of(decision));
    if (was == null || was.isEmpty()) {
      if (decision.getAtMs() >= endMs) {
        return;
      }
      differences.add(new Difference(Optional.empty(), Optional.of(decision)));
      return;
    }
    Decision before = was.poll();
    if (!withoutLookups(before).equals(withoutLookups(decision))) {
      differences.add(new Difference(Optional.of(before), Optional.of(decision)));
      return;
    }
    same++;
    if (!before.getLookups().equals(decision.getLookups())) {
      otherLookups++;
    }
  }

  private static Decision withoutLookups(Decision decision) {
    return Decision.newBuilder(decision).setLookups(List.of()).build();
  }

  /** Returns how many decisions are the same, whatever versions of rows they looked up. */
  public long same() {
    return same;
  }

  /** Returns how many of those looked up other versions of rows. */
  public long otherLookups() {
    return otherLookups;
  }

  /** Returns what is not the same, in order of time; to be asked once the replay has ended. */
  public List<Difference> differences() {
    List<Difference> all = new ArrayList<>(differences);
    recorded
        .values()
        .forEach(
            left ->
                left.forEach(each -> all.add(new Difference(Optional.of(each), Optional.empty()))));
    all.sort(Comparator.comparingLong(Difference::atMs));
    return all;
  }
}
