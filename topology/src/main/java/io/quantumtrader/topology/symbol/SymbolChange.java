package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.topology.decision.market.Ruling;

/** A change of what is kept of a symbol: decided by a stage, made by {@link SymbolState}. */
sealed interface SymbolChange {

  /**
   * Candles were taken, or one was held back.
   *
   * @param head the head after it, as it is stored
   */
  record CandleRuled(String symbol, Ruling ruling, MarketHead head) implements SymbolChange {}

  /** A mark was taken. */
  record MarkTaken(Candle mark) implements SymbolChange {}

  /** A position was opened, changed or valued, or is flat. */
  record PositionChanged(OpenPosition position) implements SymbolChange {}

  /** The exchange has said something new of a position; what is kept of that. */
  record ExchangeSpoke(ExchangeView view) implements SymbolChange {}
}
