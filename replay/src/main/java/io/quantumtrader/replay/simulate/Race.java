package io.quantumtrader.replay.simulate;

/** A situation of ADR 2 and 7, and of the machines, that a search has to meet. */
public enum Race {
  /** ADR 2: an entry is filled although its permit is void by then. */
  FILL_AFTER_THE_PERMIT,
  /** ADR 2: an entry is refused because others are on their way. */
  FULL_BY_RESERVATIONS,
  /** ADR 2: a part is filled and moves to the ledger, the rest stays reserved. */
  PART_FILL_OF_AN_ENTRY,
  /** ADR 2: an entry ends by the executor's answer that its permit has lapsed. */
  ENTRY_LAPSED,
  /** ADR 2: nobody knows what became of an entry, and it keeps its slot. */
  ENTRY_UNRESOLVED,
  /** ADR 7: a stop or target is hit while a close is on its way. */
  STOP_WITH_A_CLOSE_IN_FLIGHT,
  /** ADR 7: a close finds that the position is gone. */
  CLOSE_FINDS_NOTHING,
  /** ADR 7: a stop is hit within a minute of the fill that opened the position. */
  STOP_RIGHT_AFTER_THE_ENTRY,
  /** ADR 7: the price jumps over a stop. */
  GAP_THROUGH_A_STOP,
  /** An executor dies with a plan on its way, and another one ends the plan. */
  EXECUTOR_DIED_WITH_A_PLAN,
  /** An executor that was replaced without knowing it wants to commit, and is refused. */
  REPLACED_EXECUTOR_REFUSED,
  /** The task of an account dies while an entry is on its way. */
  TASK_DIED_WITH_A_RESERVATION
}
