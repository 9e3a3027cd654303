package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/**
 * Funding at each 00:00, 08:00 and 16:00 UTC: a position that was opened before and is closed after
 * that time pays notional times rate, or is paid it. Each payment is due once per account, symbol
 * and time, and its id says so. What was paid is known from what was committed: all before the time
 * of the account that was published last, and what was told.
 */
final class PaperFunding {

  /** Distance between two payments, milliseconds. */
  static final long PERIOD_MS = PaperPricing.FUNDING_PERIOD_MS;

  private final PaperPricing pricing;
  private final String asset;

  /**
   * Creates it.
   *
   * @param pricing says what a position pays
   * @param asset what is paid in
   */
  PaperFunding(PaperPricing pricing, String asset) {
    this.pricing = pricing;
    this.asset = asset;
  }

  /**
   * Has a position pay what became due up to a time, each payment at this price.
   *
   * @param untilMs epoch milliseconds UTC; a payment of that very time is due
   * @param price the notional is reckoned with, quote currency
   */
  void pay(PaperAccount account, String symbol, long untilMs, BigDecimal price) {
    OptionalLong paidMs = account.fundedUntil(symbol);
    if (pricing.settings().fundingRate().signum() == 0
        || paidMs.isEmpty()
        || untilMs <= paidMs.getAsLong()) {
      return;
    }
    long first = (Math.floorDiv(paidMs.getAsLong(), PERIOD_MS) + 1) * PERIOD_MS;
    for (long atMs = first; atMs <= untilMs; atMs += PERIOD_MS) {
      account.pay(income(account, symbol, atMs, price));
    }
    account.funded(symbol, untilMs);
  }

  /**
   * Returns until when a position that was given back has paid, epoch milliseconds UTC. A payment
   * of the very time at which the account was published is due yet, unless the position was opened
   * at that time.
   *
   * @param results of the account, the fills of that time among them
   */
  static long paidUntil(
      String symbol, NetPosition position, long publishedMs, List<ApplyResult> results) {
    BigDecimal before = position.quantity();
    for (ApplyResult result : results) {
      boolean then = result.getFill() != null && result.getFill().getAtMs() >= publishedMs;
      if (then && result.getSymbol().equals(symbol)) {
        before =
            before.subtract(NetPosition.signed(result.getSide(), result.getFill().getQuantity()));
      }
    }
    boolean opened = before.signum() != position.quantity().signum();
    return opened ? publishedMs : publishedMs - 1;
  }

  private ExchangeIncome income(PaperAccount account, String symbol, long atMs, BigDecimal price) {
    NetPosition position = account.position(symbol);
    BigDecimal amount = pricing.funding(position.quantity(), price);
    String id = "paper-funding:" + symbol + ":" + atMs;
    return new ExchangeIncome(
        id, account.name(), symbol, IncomeKind.FUNDING, asset, amount, atMs, 0L);
  }
}
