package io.quantumtrader.app.smoke;

import java.math.BigDecimal;

/**
 * What must be so before a smoke test sends anything: its symbol may be opened, and its size is one
 * that the exchange takes. Each that is not says what to do.
 */
final class EntryConditions {

  private final SmokeOrder order;
  private final SmokeFacts facts;
  private final SmokeSteps steps;
  private BigDecimal amount;

  EntryConditions(SmokeOrder order, SmokeFacts facts, SmokeSteps steps) {
    this.order = order;
    this.facts = facts;
    this.steps = steps;
    this.amount = order.notional();
  }

  /** Returns the notional to ask for, quote currency, above 0. */
  BigDecimal amount() {
    return amount;
  }

  boolean hold() {
    return mayBeOpened() && isLargeEnough();
  }

  /** A list that does not name the symbol changes once an hour, or by the policy. */
  private boolean mayBeOpened() {
    boolean known = steps.await(() -> !facts.openable().isEmpty());
    String name = "symbol may be opened";
    if (facts.openable().contains(order.symbol())) {
      return steps.note(name, true, "one of " + facts.openable().size());
    }
    String why =
        known
            ? "%s is none of the %d that may be opened there"
                .formatted(order.symbol(), facts.openable().size())
            : "there is no list of what may be opened yet";
    return steps.note(name, false, why + "; this lets it be opened: " + facts.allowing());
  }

  private boolean isLargeEnough() {
    String name = "the exchange takes the size";
    if (!steps.await(() -> facts.rules().isPresent() && facts.price().isPresent())) {
      String unknown =
          facts.rules().isEmpty()
              ? "the exchange's rules for %s are not known; is it listed there?"
              : "there is no price of now of %s; does the feed run?";
      return steps.note(name, false, unknown.formatted(order.symbol()));
    }
    SmokeSize size =
        SmokeSize.of(order.notional(), facts.rules().orElseThrow(), facts.price().orElseThrow());
    amount = size.amount();
    return steps.note(name, size.enough(), size.said());
  }
}
