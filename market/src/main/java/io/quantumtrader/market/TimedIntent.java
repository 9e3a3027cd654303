package io.quantumtrader.market;

import io.quantumtrader.schemas.avro.TradeIntent;

/**
 * An intent of a file.
 *
 * @param line its number in the file, the first is 1
 * @param intent the intent, as read
 */
public record TimedIntent(long line, TradeIntent intent) {}
