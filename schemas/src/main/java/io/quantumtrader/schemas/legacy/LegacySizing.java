package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.Sizing;

/**
 * How a legacy message says its size. The first that matches is taken, also where its number turns
 * out unreadable.
 *
 * @param sizing unit of the amount
 * @param amountField where the amount is, or null for none
 * @param priceField where the price that belongs to it is, or null for any
 * @param percentTargets whether {@code stop_loss} and {@code take_profit} are percents of the price
 */
record LegacySizing(Sizing sizing, String amountField, String priceField, boolean percentTargets) {

  /**
   * Names of a share of the open position; {@code percentage} is one too, whatever it is called.
   */
  private static final String[] FRACTIONS = {
    "fraction", "percentage", "qty_fraction", "close_fraction"
  };

  private static final LegacySizing NONE = new LegacySizing(Sizing.NONE, null, null, false);

  static LegacySizing of(SentFields fields) {
    if (fields.has("quantity")) {
      return new LegacySizing(Sizing.QUANTITY, "quantity", null, false);
    }
    if (fields.has("qty")) {
      return new LegacySizing(Sizing.QUANTITY, "qty", null, false);
    }
    if (fields.has("position_usd")) {
      return new LegacySizing(Sizing.MARGIN, "position_usd", null, false);
    }
    if (fields.has("size")) {
      return new LegacySizing(Sizing.NOTIONAL, "size", fields.has("price") ? "price" : null, false);
    }
    if (fields.has("position_size_usd")) {
      return isSecondAutonomousGeneration(fields)
          ? new LegacySizing(Sizing.MARGIN, "position_size_usd", null, true)
          : new LegacySizing(Sizing.NOTIONAL, "position_size_usd", "entry_price", false);
    }
    return fields
        .firstOf(FRACTIONS)
        .map(name -> new LegacySizing(Sizing.FRACTION, name, null, false))
        .orElse(NONE);
  }

  /**
   * The autonomous trader renamed its fields once and kept the numbers: margin dollars under a name
   * that others use for notional, and percents under names of absolute prices. It never sends a
   * price; everybody else does.
   */
  private static boolean isSecondAutonomousGeneration(SentFields fields) {
    return !fields.has("entry_price")
        && fields.text("intent_type").filter("AUTONOMOUS_ENTRY"::equals).isPresent();
  }
}
