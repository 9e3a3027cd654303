package io.quantumtrader.console.order;

/** Takes orders of an operator and writes them where the stages read them. */
public interface Orders {

  /**
   * Gives an order. It is recorded when this returns; that it was carried out is to be seen in what
   * follows.
   *
   * @param by who gives it
   * @return what was written, in a sentence
   * @throws OrderRefusedException where it makes no sense: nothing is open, or no such account
   */
  String give(Order order, String by);

  /**
   * Records that somebody tried without the token. Nothing else is changed.
   *
   * @param what was tried, a few words
   * @param from address of who tried
   */
  void attempted(String what, String from);
}
