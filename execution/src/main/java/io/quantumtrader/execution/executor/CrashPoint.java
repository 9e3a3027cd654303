package io.quantumtrader.execution.executor;

/** Moments between which a crash makes a difference. Tests stop the executor at each of them. */
enum CrashPoint {
  /** Plans are read; nothing is written. */
  RECEIVED,
  /** Plans are announced; the exchange was not called. */
  ANNOUNCED,
  /** The exchange was called; nothing of it is written. */
  EXECUTED,
  /** Results and positions are written; the transaction is not committed. */
  WRITTEN,
  /** The transaction is committed. */
  COMMITTED;

  /** Is told of each moment. */
  @FunctionalInterface
  interface Watch {

    /** Nobody watches. */
    Watch NONE = point -> {};

    /** Is called when the moment has come; what it throws ends the executor as a crash would. */
    void reached(CrashPoint point);
  }
}
