package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.topic.Topic;

/**
 * Whether a position has its stop. The ledger says which one it is to have, the exchange which one
 * it has, and only one of the two protects.
 */
public final class StopInPlace {

  /**
   * Age from which a position is taken for one without a stop, milliseconds: a stop follows its
   * fill, and the exchange's account its stop.
   */
  public static final long FROM_AGE_MS = 60_000;

  private StopInPlace() {}

  /**
   * Returns whether the exchange has an open position without a stop, more than {@link
   * #FROM_AGE_MS} after it was opened. Where the exchange has said nothing of the position, or its
   * age is not known, nothing is missing.
   */
  public static boolean isMissing(Pages pages, PositionLedger row) {
    return row.getOpenedAtMs() != null
        && pages.clock().nowMs() - row.getOpenedAtMs() > FROM_AGE_MS
        && pages
            .tables()
            .row(Topic.EXCHANGE_ACCOUNT, row.getAccount(), ExchangeAccount.class)
            .stream()
            .flatMap(account -> account.getPositions().stream())
            .anyMatch(
                position ->
                    position.getSymbol().equals(row.getSymbol())
                        && position.getStopPrice() == null);
  }
}
