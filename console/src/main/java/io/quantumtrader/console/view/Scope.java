package io.quantumtrader.console.view;

import io.quantumtrader.schemas.topic.Accounts;

/**
 * What of a pipeline is asked for.
 *
 * @param account an account; * for all
 * @param symbol an instrument; empty for all
 */
public record Scope(String account, String symbol) {

  /** Everything. */
  public static final Scope ALL = new Scope(Accounts.ALL, "");

  /** Returns whether a row of this account is asked for. */
  public boolean has(String ofAccount) {
    return account.equals(Accounts.ALL) || account.equals(ofAccount);
  }

  /** Returns whether a row of this account and symbol is asked for. */
  public boolean has(String ofAccount, String ofSymbol) {
    return has(ofAccount) && (symbol.isEmpty() || symbol.equals(ofSymbol));
  }
}
