package io.quantumtrader.market.live;

import java.util.Set;

/**
 * Which symbols are fed: those that are named, or all.
 *
 * @param named contracts, perpetual or with a delivery date; empty for all: perpetual contracts
 *     that trade, quoted in {@value #QUOTE}, and those that the exchange lists later
 */
public record SymbolChoice(Set<String> named) {

  /** An account has one currency, and this is what most contracts are quoted in. */
  public static final String QUOTE = "USDT";

  /** Keeps a copy. */
  public SymbolChoice {
    named = Set.copyOf(named);
  }

  /** Returns the choice of all. */
  public static SymbolChoice all() {
    return new SymbolChoice(Set.of());
  }

  /** Returns whether it is all. */
  public boolean isAll() {
    return named.isEmpty();
  }
}
