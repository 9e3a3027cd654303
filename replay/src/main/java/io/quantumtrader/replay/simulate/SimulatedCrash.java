package io.quantumtrader.replay.simulate;

/** Ends an executor in the middle of what it does, as the end of its process would. */
final class SimulatedCrash extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
