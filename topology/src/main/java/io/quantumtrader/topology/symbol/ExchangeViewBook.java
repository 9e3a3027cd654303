package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.topology.Names;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the exchange says of the positions in the symbols of one task. */
final class ExchangeViewBook {

  private final KeyValueStore<String, ExchangeView> views;

  ExchangeViewBook(ProcessingContext context) {
    views = context.getStateStore(Names.EXCHANGE_VIEW_STORE);
  }

  /** Returns what it says of an account's position in a symbol, if it has spoken. */
  Optional<ExchangeView> of(String symbol, String account) {
    return Optional.ofNullable(views.get(SymbolStores.positionKey(symbol, account)));
  }

  void put(ExchangeView view) {
    views.put(SymbolStores.positionKey(view.getSymbol(), view.getAccount()), view);
  }
}
