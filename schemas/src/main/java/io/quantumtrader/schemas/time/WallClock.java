package io.quantumtrader.schemas.time;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Where the time of the machine is taken from. It judges the times that are read and wakes nothing
 * that decides; tests pass their own.
 */
public final class WallClock {

  /** Name of the setting under which a process passes its wall clock, a {@link LongSupplier}. */
  public static final String SETTING = "quantum.wall.clock";

  /** The machine's own, epoch milliseconds UTC. */
  public static final LongSupplier SYSTEM = System::currentTimeMillis;

  private WallClock() {}

  /** Returns the wall clock in a configuration, or the machine's where there is none. */
  public static LongSupplier in(Map<String, ?> configuration) {
    return configuration.get(SETTING) instanceof LongSupplier wall ? wall : SYSTEM;
  }
}
