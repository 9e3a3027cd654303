package io.quantumtrader.app.smoke;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a smoke test trades.
 *
 * @param account account it trades for
 * @param symbol instrument
 * @param notional what the entry is worth, quote currency, above 0
 * @param patience how long each step may take
 * @param ifLeft what becomes of a position that the test could not close, or what closes it
 */
public record SmokeOrder(
    String account, String symbol, BigDecimal notional, Duration patience, String ifLeft) {

  private static final String SOURCE = "smoke";

  /** Digits behind the point of a decimal of the contracts. */
  private static final int SCALE = 18;

  /**
   * Returns the intent that buys.
   *
   * @param amount what it is worth, quote currency, above 0
   * @param id its id, unique in the account
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   */
  TradeIntent entry(BigDecimal amount, String id, long nowMs) {
    return intent(id, nowMs)
        .setAction(IntentAction.BUY)
        .setSizing(Sizing.NOTIONAL)
        .setAmount(amount.setScale(SCALE))
        .setLeverage(1.0)
        .build();
  }

  /** Returns the intent that closes what the entry opened. */
  TradeIntent close(String id, long nowMs) {
    return intent(id, nowMs)
        .setAction(IntentAction.CLOSE)
        .setReduceOnly(true)
        .setSizing(Sizing.NONE)
        .build();
  }

  private TradeIntent.Builder intent(String id, long nowMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setReason("smoke test")
        .setSource(SOURCE)
        .setCreatedAtMs(nowMs);
  }
}
