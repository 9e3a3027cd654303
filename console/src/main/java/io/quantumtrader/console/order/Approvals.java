package io.quantumtrader.console.order;

/** Takes what a person says of an entry that waits, and writes it where the executor reads it. */
public interface Approvals {

  /**
   * Answers an entry. It is recorded when this returns; what the exchange makes of it is to be seen
   * in what follows.
   *
   * @param by who answers
   * @return what was written, in a sentence
   * @throws OrderRefusedException where no such entry waits, or it cannot be written
   */
  String answer(ApprovalAnswer answer, String by);
}
