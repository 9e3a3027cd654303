package io.quantumtrader.replay.simulate;

/** What may happen in a simulated minute. */
enum EventKind {
  /** An agent asks for an entry that makes sense. */
  ENTRY(130),
  /** An agent asks for large entries in every symbol, for every account. */
  GREED(6),
  /** An agent closes what is open, or asks for the other side. */
  CLOSE(16),
  /** An agent sends an intent that is wrong in some way. */
  BAD_INTENT(40),
  /** An agent sends an intent again that it sent before. */
  REPEATED_INTENT(20),
  /** Somebody writes a proposal that the stages did not make. */
  ROGUE_PROPOSAL(34),
  /** A result is written again, or one that makes no sense. */
  ROGUE_RESULT(10),
  /** A record lies where it does not belong, or cannot be read. */
  ROGUE_RECORD(14),
  /** An operator changes the trading state, orders a close or a look-up of risk data. */
  OPERATOR(10),
  /** An operator writes another policy. */
  POLICY(10),
  /** An operator says something of a plan that waits. */
  APPROVAL(16),
  /** A price falls or rises at once. */
  CRASH(5),
  /** A symbol does not trade for a while. */
  FREEZE(3),
  /** A candle or a mark is wrong. */
  BAD_CANDLE(6),
  /** The exchange does not list a symbol, or lists it otherwise. */
  LISTING(8),
  /** The exchange misbehaves for a while. */
  WEATHER(16),
  /** Somebody else trades on the exchange. */
  FOREIGN_TRADE(7),
  /** The clock of a partition stands for a while, or goes back. */
  CLOCK(4),
  /** A task is not run for a while. */
  TASK_LAGS(10),
  /** A global table is not kept up for a while. */
  TABLE_LAGS(6),
  /** A task dies and begins anew from its changelogs. */
  TASK_DIES(12),
  /** The executor dies, and another one comes after a while. */
  EXECUTOR_DIES(6),
  /** The executor hangs, another one takes its place, and the first one goes on beside it. */
  EXECUTOR_REPLACED(5),
  /** The executor does nothing for a while. */
  EXECUTOR_LAGS(6);

  private final int weight;

  EventKind(int weight) {
    this.weight = weight;
  }

  /** Returns how often it happens, as against the others. */
  int weight() {
    return weight;
  }
}
