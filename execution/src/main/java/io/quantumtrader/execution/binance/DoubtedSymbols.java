package io.quantumtrader.execution.binance;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Symbols of which the exchange says that there are none (-1121) when it is asked for trades. One
 * that it does not list is a name that somebody got wrong, or a contract that is gone: it has no
 * trades. One that it lists all the same may have some, and is asked for again.
 */
final class DoubtedSymbols {

  private static final Logger LOG = LoggerFactory.getLogger(DoubtedSymbols.class);

  private final String account;
  private final Listings listings;
  private final Set<String> doubted = new HashSet<>();
  private final Set<String> leftOut = new HashSet<>();

  DoubtedSymbols(String account, Listings listings) {
    this.account = account;
    this.listings = listings;
  }

  /**
   * Returns whether it is to be doubted that a symbol has no trades. Where no listing could be read
   * it is.
   *
   * @param refused whether the exchange has just said that there is no such symbol
   */
  boolean isDoubtful(String symbol, boolean refused) {
    if (!refused) {
      doubted.remove(symbol);
      return false;
    }
    if (listings.lists(symbol).orElse(true)) {
      if (doubted.add(symbol)) {
        LOG.error(
            "{} {}: the exchange says that there is no such symbol, and lists it, or no listing is"
                + " known; its trades are asked for again",
            account,
            symbol);
      }
      return true;
    }
    doubted.remove(symbol);
    if (leftOut.add(symbol)) {
      LOG.error(
          "{} {}: the exchange knows and lists no such symbol; its trades are left out",
          account,
          symbol);
    }
    return false;
  }

  /** Returns whether a symbol was doubted when it was asked for last. */
  boolean has(String symbol) {
    return doubted.contains(symbol);
  }

  /** Returns the symbols that are doubted. */
  Set<String> all() {
    return Set.copyOf(doubted);
  }
}
