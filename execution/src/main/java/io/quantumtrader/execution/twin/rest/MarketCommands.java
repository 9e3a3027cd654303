package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.rest.Arguments.decimal;
import static io.quantumtrader.execution.twin.rest.Arguments.number;
import static io.quantumtrader.execution.twin.rest.Arguments.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinCandle;
import io.quantumtrader.execution.twin.core.TwinError;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/** Commands about prices and about what happens to accounts. */
final class MarketCommands {
  private final TwinEngine engine;

  MarketCommands(TwinEngine engine) {
    this.engine = engine;
  }

  Map<String, TwinControl.Action> actions() {
    return Map.ofEntries(
        Map.entry("price", this::price),
        Map.entry("mark", this::mark),
        Map.entry("candle", this::candle),
        Map.entry("funding", arguments -> engine.change((core, now) -> core.fund(now))),
        Map.entry("fundingRate", this::fundingRate),
        Map.entry("liquidate", this::liquidate),
        Map.entry("adl", this::deleverage),
        Map.entry("settle", this::settle),
        Map.entry("transfer", this::transfer),
        Map.entry("hand", this::byHand),
        Map.entry("close", this::closeByHand),
        Map.entry("tick", arguments -> engine.change((core, now) -> core.tick(now))));
  }

  private void price(JsonNode arguments) {
    String symbol = text(arguments, "symbol");
    BigDecimal price = above0(arguments, "price");
    BigDecimal traded = decimal(arguments, "quantity", BigDecimal.ONE);
    engine.change((core, now) -> core.price(symbol, price, traded, now));
  }

  private void mark(JsonNode arguments) {
    String symbol = text(arguments, "symbol");
    BigDecimal price = above0(arguments, "price");
    engine.change((core, now) -> core.mark(symbol, price, now));
  }

  private void candle(JsonNode arguments) {
    String symbol = text(arguments, "symbol");
    BigDecimal close = above0(arguments, "close");
    BigDecimal volume = decimal(arguments, "volume", BigDecimal.ZERO);
    TwinCandle candle =
        new TwinCandle(
            number(arguments, "openTime"),
            above0(arguments, "open"),
            above0(arguments, "high"),
            above0(arguments, "low"),
            close,
            volume,
            decimal(arguments, "quoteVolume", volume.multiply(close)),
            1);
    engine.change((core, now) -> core.candle(symbol, candle, now));
  }

  private void fundingRate(JsonNode arguments) {
    String symbol = text(arguments, "symbol");
    BigDecimal rate = decimal(arguments, "rate");
    engine.change((core, now) -> core.fundingRate(symbol, rate));
  }

  private void liquidate(JsonNode arguments) {
    String account = text(arguments, "account");
    String symbol = text(arguments, "symbol");
    engine.change((core, now) -> core.liquidate(account, symbol, now));
  }

  private void deleverage(JsonNode arguments) {
    String account = text(arguments, "account");
    String symbol = text(arguments, "symbol");
    BigDecimal quantity = above0(arguments, "quantity");
    engine.change((core, now) -> core.deleverage(account, symbol, quantity, now));
  }

  private void settle(JsonNode arguments) {
    String account = text(arguments, "account");
    String symbol = text(arguments, "symbol");
    engine.change((core, now) -> core.settlement(account, symbol, now));
  }

  private void transfer(JsonNode arguments) {
    String account = text(arguments, "account");
    BigDecimal amount = decimal(arguments, "amount");
    engine.change((core, now) -> core.transfer(account, amount, now));
  }

  private void byHand(JsonNode arguments) {
    String account = text(arguments, "account");
    String symbol = text(arguments, "symbol");
    Side side =
        switch (text(arguments, "side").toUpperCase(Locale.ROOT)) {
          case "BUY" -> Side.BUY;
          case "SELL" -> Side.SELL;
          default -> throw TwinError.SIDE.refused();
        };
    BigDecimal quantity = above0(arguments, "quantity");
    engine.change((core, now) -> core.byHand(account, symbol, side, quantity, now));
  }

  private void closeByHand(JsonNode arguments) {
    String account = text(arguments, "account");
    String symbol = text(arguments, "symbol");
    BigDecimal share = decimal(arguments, "share", BigDecimal.ONE).min(BigDecimal.ONE);
    engine.change((core, now) -> core.closeByHand(account, symbol, share, now));
  }

  private static BigDecimal above0(JsonNode arguments, String name) {
    BigDecimal value = decimal(arguments, name);
    if (value.signum() <= 0) {
      throw TwinError.MANDATORY.refused(name);
    }
    return value;
  }
}
