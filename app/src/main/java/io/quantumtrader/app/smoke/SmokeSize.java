package io.quantumtrader.app.smoke;

import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.topology.decision.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a smoke test asks for so that the exchange takes it: the size that was wanted or, where that
 * rounds down to less than the exchange takes, the smallest that it does take.
 *
 * @param enough whether it may be sent; not where the smallest is worth more than twice what was
 *     wanted
 * @param amount notional to ask for, quote currency, above 0
 * @param said the size with its numbers, or what to give instead
 */
record SmokeSize(boolean enough, BigDecimal amount, String said) {

  /** The price moves between asking and ordering. */
  private static final BigDecimal ABOVE_THE_LEAST = new BigDecimal("1.01");

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final int SCALE = 2;

  /**
   * Returns it.
   *
   * @param notional what was wanted, quote currency, above 0
   * @param rules of the exchange; its step is above 0
   * @param price of the symbol, quote currency, above 0
   */
  static SmokeSize of(BigDecimal notional, Instrument rules, BigDecimal price) {
    BigDecimal step = rules.getStepSize();
    BigDecimal smallest = smallest(rules, price);
    BigDecimal wanted = Decimals.floorTo(Decimals.quotientDown(notional, price), step);
    if (wanted.compareTo(smallest) >= 0) {
      return new SmokeSize(true, notional, "%s at %s".formatted(text(wanted), text(price)));
    }
    BigDecimal worth = smallest.multiply(price);
    String why =
        "%s rounds down to %s at %s, and the exchange takes %s or more, worth %s or more"
            .formatted(
                text(notional),
                text(wanted),
                text(price),
                text(rules.getMinQuantity().max(step)),
                text(rules.getMinNotional()));
    if (worth.compareTo(notional.multiply(TWO)) > 0) {
      return new SmokeSize(
          false,
          notional,
          why + ": give --notional " + text(worth.setScale(SCALE, RoundingMode.UP)));
    }
    // Half a step more, so that it is the same number of steps when the price has moved.
    BigDecimal amount = smallest.add(step.divide(TWO)).multiply(price);
    return new SmokeSize(
        true,
        amount.setScale(SCALE, RoundingMode.UP),
        "%s, worth %s: %s".formatted(text(smallest), text(worth), why));
  }

  private static BigDecimal smallest(Instrument rules, BigDecimal price) {
    BigDecimal step = rules.getStepSize();
    BigDecimal worth =
        rules
            .getMinNotional()
            .multiply(ABOVE_THE_LEAST)
            .divide(price, Decimals.SCALE, RoundingMode.UP);
    return Decimals.ceilTo(worth.max(rules.getMinQuantity()).max(step), step);
  }

  private static String text(BigDecimal number) {
    return RecordJson.plain(number);
  }
}
