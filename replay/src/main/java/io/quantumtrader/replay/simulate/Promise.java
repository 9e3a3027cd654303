package io.quantumtrader.replay.simulate;

/** What holds always. */
public enum Promise {
  /** Each intent has one outcome: a plan, a denial or a dead letter. */
  ONE_OUTCOME("each intent has one outcome"),
  /** No plan is executed twice, and each has one final result. */
  EXECUTED_ONCE("no plan is executed twice, each has one final result"),
  /** Positions and reservations together stay within slots, exposure and margin ratio. */
  WITHIN_LIMITS("no limit is exceeded, reservations included"),
  /** The ledger is the fold of the fills, each once. */
  LEDGER_IS_FOLD("the ledger is the fold of the fills"),
  /** No order is sent for a permit whose time is over. */
  PERMIT_IN_TIME("no permit is used after its time"),
  /** No position is without a stop for longer than the executor may take. */
  STOP_IN_PLACE("no position is without a stop for long"),
  /** The pipeline goes on, whatever comes in. */
  GOES_ON("nothing stops the pipeline");

  private final String text;

  Promise(String text) {
    this.text = text;
  }

  /** Returns it in words. */
  public String text() {
    return text;
  }
}
