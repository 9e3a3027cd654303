package io.quantumtrader.replay.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the schedule of a run that broke a promise shorter, as long as the same promise breaks:
 * first the minutes after the break, then halves, quarters and so on of the events, down to single
 * ones (delta debugging after Zeller and Hildebrandt, 2002).
 */
public final class Shrinker {

  private final Function<SimulationSettings, SimulationReport> runs;
  private final int most;
  private int done;

  /**
   * Creates it.
   *
   * @param runs runs settings
   * @param most how many runs it may take, 1 or more
   */
  public Shrinker(Function<SimulationSettings, SimulationReport> runs, int most) {
    this.runs = runs;
    this.most = most;
  }

  /**
   * Returns the shortest that was found, which is the report itself where nothing shorter breaks
   * the promise.
   *
   * @param failed a report of a promise that did not hold
   */
  public SimulationReport shrink(SimulationReport failed) {
    SimulationReport best = failed;
    int minutes = failed.broken().orElseThrow().minute() + 1;
    if (minutes < failed.settings().minutes()) {
      best = better(best, events(best, minutes), minutes).orElse(best);
    }
    for (int parts = 2; done < most; parts *= 2) {
      List<Integer> left = List.copyOf(events(best, best.settings().minutes()));
      int size = Math.max(1, (left.size() + parts - 1) / parts);
      best = withoutParts(best, size);
      if (size == 1) {
        break;
      }
    }
    return best;
  }

  private SimulationReport withoutParts(SimulationReport from, int size) {
    SimulationReport best = from;
    List<Integer> all = events(from, from.settings().minutes());
    for (int begin = 0; begin < all.size() && done < most; begin += size) {
      Set<Integer> rest = new HashSet<>(events(best, best.settings().minutes()));
      if (rest.removeAll(all.subList(begin, Math.min(all.size(), begin + size)))) {
        best = better(best, rest, best.settings().minutes()).orElse(best);
      }
    }
    return best;
  }

  private Optional<SimulationReport> better(
      SimulationReport than, Iterable<Integer> events, int minutes) {
    Set<Integer> kept = new HashSet<>();
    events.forEach(kept::add);
    done++;
    SimulationReport tried =
        runs.apply(new SimulationSettings(than.settings().seed(), minutes, Optional.of(kept)));
    return tried
        .broken()
        .filter(broken -> broken.promise() == than.broken().orElseThrow().promise())
        .map(broken -> tried);
  }

  /** Returns the events of a run that lie within so many minutes, ascending. */
  private static List<Integer> events(SimulationReport of, int minutes) {
    List<Integer> kept = new ArrayList<>();
    for (SimulatedEvent event : of.settings().schedule().events()) {
      if (event.minute() < minutes) {
        kept.add(event.index());
      }
    }
    return kept;
  }
}
