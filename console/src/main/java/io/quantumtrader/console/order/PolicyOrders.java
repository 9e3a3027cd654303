package io.quantumtrader.console.order;

/** Takes an operator's changes of the policy and writes them where they wait. */
@FunctionalInterface
public interface PolicyOrders {

  /**
   * Schedules a change, or takes one back. It is recorded when this returns.
   *
   * @param by who gives it
   * @return what was written, in a sentence
   * @throws OrderRefusedException where it makes no sense: it breaks a rule, or does not wait
   */
  String give(PolicyOrder order, String by);
}
