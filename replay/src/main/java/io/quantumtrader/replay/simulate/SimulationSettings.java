package io.quantumtrader.replay.simulate;

import java.util.Optional;
import java.util.Set;

/**
 * What a simulation is made from. The same settings give the same records, byte by byte.
 *
 * @param seed of the world
 * @param minutes how long things happen, 1 or more; a quiet time after that is not counted
 * @param events numbers of the events that happen; empty for all
 */
public record SimulationSettings(long seed, int minutes, Optional<Set<Integer>> events) {

  /** Minutes after the last event, in which everything has to come to its end. */
  static final int QUIET_MINUTES = 15;

  public SimulationSettings {
    events = events.map(Set::copyOf);
    if (minutes < 1) {
      throw new IllegalArgumentException("minutes must be 1 or more: " + minutes);
    }
  }

  /** Returns the whole world of a seed. */
  public static SimulationSettings of(long seed, int minutes) {
    return new SimulationSettings(seed, minutes, Optional.empty());
  }

  /** Returns the schedule. */
  Schedule schedule() {
    Schedule all = Schedule.of(seed, minutes);
    return events.map(all::only).orElse(all);
  }
}
