package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.SymbolLock;
import java.util.List;

/**
 * What of a symbol is locked.
 *
 * @param symbol instrument, upper case
 * @param entries whether no entry is granted
 * @param exits whether nothing that harvest proposes is done
 */
record LockScope(String symbol, boolean entries, boolean exits) {

  /** Returns the scope that was typed: without either option both are meant. */
  static LockScope of(String symbol, boolean entries, boolean exits) {
    boolean both = entries == exits;
    return new LockScope(symbol, both || entries, both || exits);
  }

  /** Returns whether one of the locks holds some of this. */
  boolean isHeldBy(List<SymbolLock> locks) {
    return locks.stream()
        .filter(lock -> lock.getSymbol().equals(symbol))
        .anyMatch(lock -> (entries && lock.getEntries()) || (exits && lock.getExits()));
  }

  /** Returns the locks without this: one that holds nothing else is gone. */
  List<SymbolLock> takenOff(List<SymbolLock> locks) {
    return locks.stream()
        .map(lock -> lock.getSymbol().equals(symbol) ? without(lock) : lock)
        .filter(lock -> lock.getEntries() || lock.getExits())
        .toList();
  }

  private SymbolLock without(SymbolLock lock) {
    return SymbolLock.newBuilder(lock)
        .setEntries(lock.getEntries() && !entries)
        .setExits(lock.getExits() && !exits)
        .build();
  }

  /** Returns what it holds, for people. */
  static String said(boolean entries, boolean exits) {
    if (entries && exits) {
      return "entries and exits";
    }
    return entries ? "entries" : "exits";
  }
}
