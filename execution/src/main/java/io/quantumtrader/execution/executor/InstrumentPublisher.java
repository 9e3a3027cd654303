package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.Instruments;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Publishes what the exchange accepts, when it is new or has changed. */
final class InstrumentPublisher {

  private static final int PARTITION = 0;

  private final Exchange exchange;
  private final Map<String, Instrument> published = new HashMap<>();

  /** Starts from what was published before. */
  InstrumentPublisher(Exchange exchange, Collection<Instrument> before) {
    this.exchange = exchange;
    before.forEach(instrument -> published.put(instrument.getSymbol(), instrument));
  }

  void publish(long nowMs, Outputs out) {
    for (Instrument instrument : exchange.instruments(nowMs)) {
      Instrument last = published.get(instrument.getSymbol());
      if (last == null || !Instruments.same(last, instrument)) {
        Instrument told =
            Instrument.newBuilder(instrument).setSinceMs(since(last, instrument)).build();
        published.put(told.getSymbol(), told);
        out.add(Topic.INSTRUMENT, PARTITION, told.getSymbol(), told, nowMs);
      }
    }
  }

  private static long since(Instrument last, Instrument now) {
    if (last == null) {
      return now.getAsOfMs();
    }
    return last.getSinceMs() == null ? last.getAsOfMs() : last.getSinceMs();
  }
}
