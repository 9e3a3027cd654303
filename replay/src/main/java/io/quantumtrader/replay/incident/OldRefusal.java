package io.quantumtrader.replay.incident;

/** Why the old system did nothing, and where its rule is written down. */
public enum OldRefusal {
  /** The sender's list and the bridge's are two lists. */
  SYMBOL_NOT_IN_POLICY_UNIVERSE(
      "the symbol is not in the bridge's list, which is another than the sender's",
      "entry contract, 4.4 step 4 and 4.8 IB11"),
  /** A message that is none. */
  MESSAGE_UNREADABLE("the message cannot be read", "entry contract, 4.3 and 4.4 step 3"),
  /** The size stands under a name that the bridge does not look for. */
  SIZE_UNUSABLE(
      "no usable size: position_size_usd without entry_price is none of the four forms",
      "entry contract, 0.2, 4.3 and 13 W2"),
  /** The ledger is read under a key that nobody writes. */
  SELL_WITHOUT_LEDGER(
      "a SELL needs the ledger, and the bridge reads it under a key that nobody writes",
      "entry contract, 4.4 step 8 and 4.8 IB1"),
  /** The gate also refuses the same side again. */
  ALREADY_OPEN("the symbol is open", "entry contract, 4.4 step 10 and 4.8 IB2"),
  /** Asked for by the kill score, and refused for it. */
  KILL_SCORE_CRITICAL(
      "the kill score that asks for the close is 0.80 or more", "exit contract, 7.3 gate 3"),
  /** Asked for by the kill score, and refused for it. */
  KILL_SCORE_CLOSE_BLOCKED(
      "the kill score that asks for the close is 0.65 or more", "exit contract, 7.3 gate 3"),
  /** The plan goes out, and its order is for nothing. */
  QUANTITY_ZERO(
      "the plan carries the quantity 0.0, and the executor orders the smaller of two quantities",
      "exit contract, 0 item 4, 7.5 and 10.1 step 11");

  private final String meaning;
  private final String where;

  OldRefusal(String meaning, String where) {
    this.meaning = meaning;
    this.where = where;
  }

  /** Returns what it means, half a sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns the document and section that says so. */
  public String where() {
    return where;
  }
}
