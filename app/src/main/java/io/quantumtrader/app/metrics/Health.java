package io.quantumtrader.app.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whether a process does its work. It is down until {@link #started} was called, and after that
 * while a check gives a reason.
 */
public final class Health {

  private static final String START = "start";

  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

  /** Creates it, down: nothing has started yet. */
  public Health() {
    checks.put(START, () -> Optional.of("not everything has started yet"));
  }

  /** Says that everything has started; from here on the checks alone count. */
  public void started() {
    checks.remove(START);
  }

  /**
   * Adds a check; one of the same name gives way.
   *
   * @param name what is checked, for example executor
   * @param reason gives why it does not work, or empty; asked from any thread, must not block
   */
  public void check(String name, Supplier<Optional<String>> reason) {
    checks.put(name, reason);
  }

  /** Returns why the process is down, by check; empty where it is up. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    checks.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(check -> ask(check.getValue()).ifPresent(why -> reasons.put(check.getKey(), why)));
    return reasons;
  }

  /** Returns what is checked, in order. */
  public Set<String> checks() {
    return new TreeSet<>(checks.keySet());
  }

  /** Returns whether every check passes. */
  public boolean isUp() {
    return reasons().isEmpty();
  }

  static Optional<String> ask(Supplier<Optional<String>> check) {
    try {
      return check.get();
    } catch (RuntimeException broken) {
      return Optional.of("the check itself failed: " + broken);
    }
  }
}
