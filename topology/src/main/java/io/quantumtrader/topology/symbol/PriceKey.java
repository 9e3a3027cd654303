package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Symbols;
import io.quantumtrader.topology.DecisionFailedException;
import org.apache.kafka.streams.processor.api.Record;

/** What key and value of a candle or a mark must be before anything is made of them. */
final class PriceKey {

  private PriceKey() {}

  /**
   * Refuses a record that is about nothing, about another symbol than its key, or about no symbol.
   *
   * @throws DecisionFailedException with the code of its dead letter
   */
  static void check(Record<String, Candle> record) {
    if (record.value() == null) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_MISSING, "key " + record.key() + " has no value");
    }
    String symbol = record.value().getSymbol();
    if (!symbol.equals(record.key())) {
      throw new DecisionFailedException(
          ReasonCode.KEY_VALUE_MISMATCH,
          "key " + record.key() + ", but the value is about " + symbol);
    }
    if (!Symbols.isSymbol(symbol)) {
      throw new DecisionFailedException(
          ReasonCode.SYMBOL_INVALID, symbol + " is not the name of an instrument");
    }
  }
}
