package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PlainStoreBuilder;
import io.quantumtrader.topology.decision.market.CloseRing;
import io.quantumtrader.topology.decision.market.Turnover;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the symbol sub-topology. Rings lie in one entry per slot, so that a candle writes
 * what it changes and no more; they grow with the number of symbols and therefore lie on disk.
 */
final class SymbolStores {

  /** All of them; each stage is connected to each, through {@link SymbolState}. */
  static final String[] NAMES = {
    Names.SYMBOL_STATE,
    Names.MARKET_HEAD_STORE,
    Names.MARKET_CLOSE_STORE,
    Names.MARKET_MINUTE_STORE,
    Names.MARK_STORE,
    Names.OPEN_POSITION_STORE,
    Names.EXCHANGE_VIEW_STORE
  };

  private SymbolStores() {}

  static List<StoreBuilder<?>> builders(RecordSerdes serdes) {
    return List.of(
        new PlainStoreBuilder<>(Names.SYMBOL_STATE, null, null, SymbolState::new),
        store(Names.MARKET_HEAD_STORE, serdes.of(MarketHead.class)),
        store(Names.MARKET_CLOSE_STORE, Serdes.Double()),
        store(Names.MARKET_MINUTE_STORE, MinuteNotional.serde()),
        store(Names.MARK_STORE, serdes.of(Candle.class)),
        store(Names.OPEN_POSITION_STORE, serdes.of(OpenPosition.class)),
        store(Names.EXCHANGE_VIEW_STORE, serdes.of(ExchangeView.class)));
  }

  private static StoreBuilder<?> store(String name, Serde<?> valueSerde) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), valueSerde)
        .withLoggingEnabled(
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** Returns the key of the close of this rank. */
  static String closeKey(String symbol, long rank) {
    return symbol + ":" + CloseRing.slot(rank);
  }

  /** Returns the key of a minute. */
  static String minuteKey(String symbol, long minute) {
    return symbol + ":" + Math.floorMod(minute, Turnover.KEPT);
  }

  /** Returns the key of an account's position; those of a symbol begin alike. */
  static String positionKey(String symbol, String account) {
    return positionPrefix(symbol) + account;
  }

  /** Returns what the keys of a symbol's positions begin with. */
  static String positionPrefix(String symbol) {
    return symbol + ":";
  }
}
