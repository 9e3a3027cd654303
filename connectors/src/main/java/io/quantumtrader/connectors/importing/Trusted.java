package io.quantumtrader.connectors.importing;

/** Which of two old records of a position holds where they say different amounts. */
public enum Trusted {
  /** Neither: the position is not taken over. */
  NEITHER,
  /** The hash under state:positions. */
  POSITION,
  /** The hash under position:ledger. */
  LEDGER
}
