package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.LedgerOrigin;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.util.List;
import java.util.Map;

/** Makes sure that an executor goes on with the ledger of its own exchange. */
final class OwnLedger {

  private OwnLedger() {}

  /**
   * Refuses the ledger of another exchange.
   *
   * @param own name of this exchange
   * @param accounts those that are taken up
   * @param published last published state of each account
   * @throws IllegalStateException where one is of another exchange, with what to do
   */
  static void require(String own, List<String> accounts, Map<String, ExchangeAccount> published) {
    for (String account : accounts) {
      ExchangeAccount last = published.get(account);
      if (last != null) {
        LedgerOrigin.other(own, last).ifPresent(other -> refuse(account, other, own));
      }
    }
  }

  private static void refuse(String account, String other, String own) {
    throw new IllegalStateException(
        "the ledger of %s is of the exchange %s, and this one is %s: give it topics of its own"
                .formatted(account, other, own)
            + " (another --data, or docker compose down --volumes)");
  }
}
