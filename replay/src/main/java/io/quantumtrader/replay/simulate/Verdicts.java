package io.quantumtrader.replay.simulate;

import java.util.Optional;

/** The first promise of a run that did not hold. */
final class Verdicts {

  private int minute;
  private Broken first;

  /** Notes which minute it is. */
  void minute(int now) {
    minute = now;
  }

  /** Notes a promise that does not hold; the first one counts. */
  void broken(Promise promise, String what) {
    if (first == null) {
      first = new Broken(promise, minute, what);
    }
  }

  /** Returns the first promise that did not hold. */
  Optional<Broken> first() {
    return Optional.ofNullable(first);
  }
}
