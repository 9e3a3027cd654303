package io.quantumtrader.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A contract as the exchange lists it.
 *
 * @param symbol its name, upper case
 * @param status {@code TRADING}, or why it is not traded
 * @param contractType {@code PERPETUAL} or another type
 * @param quoteAsset what its prices are in, for example {@code USDT}
 * @param tickSize price step, quote currency, above 0
 * @param stepSize quantity step of a market order, base units, above 0
 * @param minQuantity smallest market order, base units, 0 or more
 * @param minNotional smallest order value, quote currency, 0 or more
 * @param maxMarketQuantity largest market order, base units, above 0; null where none is said
 * @param percentUp highest order price as a multiple of the mark price; null where none is said
 * @param percentDown lowest order price as a multiple of the mark price; null where none is said
 */
public record Contract(
    String symbol,
    String status,
    String contractType,
    String quoteAsset,
    BigDecimal tickSize,
    BigDecimal stepSize,
    BigDecimal minQuantity,
    BigDecimal minNotional,
    BigDecimal maxMarketQuantity,
    BigDecimal percentUp,
    BigDecimal percentDown) {

  /** Status of a contract that takes orders. */
  static final String TRADING = "TRADING";

  /** Type of a contract without a delivery date. */
  static final String PERPETUAL = "PERPETUAL";

  /**
   * The highest leverage there is. What it is for a contract and an account is told to holders of a
   * key only.
   */
  public static final int HIGHEST_LEVERAGE = 125;

  /**
   * Reads a contract.
   *
   * @param place where it was found, for messages
   * @param listed as the exchange lists it in {@code exchangeInfo}
   * @throws MarketDataException where it cannot be read
   */
  public static Contract of(String place, JsonNode listed) {
    return of(Answer.of(place, listed));
  }

  static Contract of(Answer listed) {
    Map<String, Answer> filters = new HashMap<>();
    Answer given = listed.field("filters");
    for (int i = 0; i < given.items(); i++) {
      filters.put(given.item(i).field("filterType").text(), given.item(i));
    }
    Answer lots = filter(listed, filters, "LOT_SIZE");
    Answer market = filters.getOrDefault("MARKET_LOT_SIZE", lots);
    return new Contract(
        listed.field("symbol").text(),
        listed.field("status").text(),
        // A contract that is being delisted may have lost its type, and still has to be known.
        listed.field("contractType").textIfAny(),
        listed.field("quoteAsset").text(),
        filter(listed, filters, "PRICE_FILTER").field("tickSize").positive(),
        // Both hold for a market order, and all orders here are market orders.
        lots.field("stepSize").positive().max(market.field("stepSize").notNegative()),
        lots.field("minQty").notNegative().max(market.field("minQty").notNegative()),
        filter(listed, filters, "MIN_NOTIONAL").field("notional").notNegative(),
        market.field("maxQty").isThere() ? market.field("maxQty").positive() : null,
        limit(filters, "PERCENT_PRICE", "multiplierUp"),
        limit(filters, "PERCENT_PRICE", "multiplierDown"));
  }

  /** Returns a limit that not every contract has; null for one that has none. */
  private static BigDecimal limit(Map<String, Answer> filters, String type, String field) {
    Answer filter = filters.get(type);
    return filter == null ? null : filter.field(field).positive();
  }

  private static Answer filter(Answer listed, Map<String, Answer> filters, String type) {
    Answer found = filters.get(type);
    if (found == null) {
      throw listed.field("filters").broken("has no " + type);
    }
    return found;
  }

  /** Returns whether it is a perpetual contract that takes orders. */
  public boolean isTradedPerpetual() {
    return isTrading() && contractType.equals(PERPETUAL);
  }

  /**
   * Returns it as the pipeline knows instruments.
   *
   * @param asOfMs when it was learnt, epoch milliseconds UTC, 0 or more
   */
  public Instrument instrument(long asOfMs) {
    return new Instrument(
        symbol,
        tickSize,
        stepSize,
        minQuantity,
        minNotional,
        HIGHEST_LEVERAGE,
        isTrading() ? InstrumentStatus.TRADING : InstrumentStatus.BREAK,
        asOfMs,
        maxMarketQuantity,
        percentUp,
        percentDown,
        List.of(),
        null);
  }

  /** Returns whether it takes orders, perpetual or not. */
  public boolean isTrading() {
    return status.equals(TRADING);
  }
}
