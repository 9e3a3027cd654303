package io.quantumtrader.market.live;

import io.quantumtrader.binance.Contract;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instruments that are fed, as they are known. None is forgotten. */
final class KnownInstruments {

  private static final Logger LOG = LoggerFactory.getLogger(KnownInstruments.class);

  private final Map<String, Instrument> instruments = new TreeMap<>();

  /**
   * Takes what the exchange lists now. One that is not listed any more does not trade; what else
   * was known of it stays.
   *
   * @param nowMs this machine's clock, epoch milliseconds UTC
   */
  void take(Map<String, Contract> contracts, long nowMs) {
    for (Map.Entry<String, Instrument> known : instruments.entrySet()) {
      if (!contracts.containsKey(known.getKey())) {
        put(
            Instrument.newBuilder(known.getValue())
                .setStatus(InstrumentStatus.BREAK)
                .setAsOfMs(nowMs)
                .build());
      }
    }
    contracts.values().forEach(contract -> put(contract.instrument(nowMs)));
  }

  private void put(Instrument now) {
    Instrument before = instruments.put(now.getSymbol(), now);
    if (before != null && before.getStatus() != now.getStatus()) {
      LOG.warn("{} is {} now, and was {}", now.getSymbol(), now.getStatus(), before.getStatus());
    }
  }

  Set<String> symbols() {
    return Set.copyOf(instruments.keySet());
  }

  boolean knows(String symbol) {
    return instruments.containsKey(symbol);
  }

  boolean trades(String symbol) {
    return instruments.get(symbol).getStatus() == InstrumentStatus.TRADING;
  }

  BigDecimal tick(String symbol) {
    return instruments.get(symbol).getTickSize();
  }

  /** Returns all, by symbol. */
  Map<String, Instrument> all() {
    return Map.copyOf(instruments);
  }
}
