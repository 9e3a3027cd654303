package io.quantumtrader.replay.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What happens in a simulated world, in order.
 *
 * @param events ascending by minute and number
 */
record Schedule(List<SimulatedEvent> events) {

  /** Mean number of events in a minute. */
  private static final double PER_MINUTE = 2.4;

  private static final int WEIGHTS =
      Stream.of(EventKind.values()).mapToInt(EventKind::weight).sum();

  Schedule {
    events = List.copyOf(events);
  }

  /**
   * Returns the schedule of a seed. One of fewer minutes is the beginning of one of more.
   *
   * @param minutes 1 or more
   */
  static Schedule of(long seed, int minutes) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5ca1ab1eL);
    List<SimulatedEvent> events = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      int count = (int) Math.round(random.nextDouble() * 2 * PER_MINUTE);
      for (int i = 0; i < count; i++) {
        events.add(new SimulatedEvent(events.size(), minute, kind(random), random.nextLong()));
      }
    }
    return new Schedule(events);
  }

  private static EventKind kind(SplittableRandom random) {
    int at = random.nextInt(WEIGHTS);
    for (EventKind kind : EventKind.values()) {
      at -= kind.weight();
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  /** Returns these events alone. */
  Schedule only(Set<Integer> indices) {
    return new Schedule(events.stream().filter(each -> indices.contains(each.index())).toList());
  }

  /** Returns what happens in a minute. */
  List<SimulatedEvent> at(int minute) {
    return events.stream().filter(each -> each.minute() == minute).toList();
  }
}
