package io.quantumtrader.execution.decision;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.util.Optional;

/**
 * Which exchange a ledger is of. The ledger of one must not go on with the positions and trade ids
 * of another: what is open on the one would be missing on the other, and the same id is another
 * trade there.
 */
public final class LedgerOrigin {

  /** Name of the exchange in the executor's process. */
  public static final String PAPER = "paper";

  /** Name of an exchange outside of it that has no market of its own. */
  public static final String TWIN = "twin";

  private LedgerOrigin() {}

  /**
   * Returns the name of an exchange.
   *
   * @param inProcess whether it lives and ends with the executor's transactions
   * @param market the market that is its own, as its feed names it; empty where it has none
   */
  public static String nameOf(boolean inProcess, Optional<String> market) {
    return inProcess ? PAPER : market.orElse(TWIN);
  }

  /**
   * Returns whose the ledger of an account is, where that is another exchange. What an import has
   * written, or an executor that did not say its name yet, is taken for this one's; only an account
   * whose trades were never followed is of paper.
   *
   * @param own name of this exchange
   * @param last the account as it was published last
   */
  public static Optional<String> other(String own, ExchangeAccount last) {
    if (last.getExchange() != null) {
      return Optional.of(last.getExchange()).filter(name -> !name.equals(own));
    }
    boolean unsigned = own.equals(PAPER) || last.getFollowedFromMs() > 0;
    return unsigned ? Optional.empty() : Optional.of(PAPER);
  }
}
