package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What operators' locks hold back: entries in a symbol, or what harvest proposes in it. A lock
 * holds before its end on the account's clock, and not at it.
 */
public final class SymbolLocks {

  private static final String UNTIL_TAKEN_OFF = "until it is taken off";

  private SymbolLocks() {}

  /** Returns the locks of all control records that hold for an account. */
  public static List<SymbolLock> in(List<Control> controls) {
    return controls.stream().flatMap(control -> control.getLocks().stream()).toList();
  }

  /**
   * Returns why no entry in the symbol is granted, or empty where none of the locks holds it.
   *
   * @param nowMs the account's clock, epoch ms
   */
  public static Optional<Finding> ofEntries(List<SymbolLock> locks, String symbol, long nowMs) {
    return held(locks, symbol, SymbolLock::getEntries, ReasonCode.SYMBOL_LOCKED, nowMs);
  }

  /**
   * Returns why an exit is not carried out, or empty where none of the locks holds it. Only what
   * harvest proposes is ever held.
   *
   * @param trigger what led to the exit
   * @param nowMs the account's clock, epoch ms
   */
  public static Optional<Finding> ofExits(
      List<SymbolLock> locks, String symbol, ExitTrigger trigger, long nowMs) {
    return isOfHarvest(trigger)
        ? held(locks, symbol, SymbolLock::getExits, ReasonCode.EXIT_LOCKED, nowMs)
        : Optional.empty();
  }

  /** Of several locks the one is named that holds longest. */
  private static Optional<Finding> held(
      List<SymbolLock> locks,
      String symbol,
      Predicate<SymbolLock> holds,
      ReasonCode code,
      long nowMs) {
    return locks.stream()
        .filter(holds)
        .filter(lock -> lock.getSymbol().equals(symbol) && nowMs < endMs(lock))
        .max((a, b) -> Long.compare(endMs(a), endMs(b)))
        .map(lock -> new Finding(code, numbers(lock, nowMs)));
  }

  private static long endMs(SymbolLock lock) {
    return lock.getUntilMs() == null ? Long.MAX_VALUE : lock.getUntilMs();
  }

  private static Numbers numbers(SymbolLock lock, long nowMs) {
    Numbers until =
        lock.getUntilMs() == null
            ? Numbers.none().and("lockedUntilMs", UNTIL_TAKEN_OFF)
            : Numbers.none().and("lockedUntilMs", lock.getUntilMs());
    return until.and("nowMs", nowMs).and("lock", lock.getId());
  }

  private static boolean isOfHarvest(ExitTrigger trigger) {
    return switch (trigger) {
      case RUNG, KILL_SCORE, PROFIT_LOCK, TRAILING_STOP, NONE, UNRECOGNIZED -> true;
      case STOP_HIT, TARGET_HIT, INTENT, MANUAL_CLOSE, LIQUIDATION_GUARD -> false;
    };
  }
}
