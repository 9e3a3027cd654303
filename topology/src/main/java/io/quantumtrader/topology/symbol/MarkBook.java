package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.market.MarkAcceptance;
import io.quantumtrader.topology.decision.market.Progress;
import io.quantumtrader.topology.decision.snapshot.Mark;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The last mark that was taken of each symbol of one task. */
final class MarkBook {

  private final KeyValueStore<String, Candle> marks;

  MarkBook(ProcessingContext context) {
    marks = context.getStateStore(Names.MARK_STORE);
  }

  /** Returns the last mark that was taken of a symbol. */
  Optional<Mark> last(String symbol) {
    return Optional.ofNullable(marks.get(symbol)).map(MarkAcceptance::priceOf);
  }

  /** Returns the last price known of a symbol whose candles are this far. */
  Optional<Mark> lastPrice(String symbol, Progress progress) {
    return MarkAcceptance.lastPrice(progress, last(symbol));
  }

  void put(Candle mark) {
    marks.put(mark.getSymbol(), mark);
  }
}
