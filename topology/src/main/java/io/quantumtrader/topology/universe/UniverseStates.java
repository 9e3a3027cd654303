package io.quantumtrader.topology.universe;

import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.topology.Names;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the last market state of each symbol; ranking happens on the clock. */
final class UniverseStates implements Processor<String, MarketState, String, Object> {

  private KeyValueStore<String, MarketState> states;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    states = context.getStateStore(Names.UNIVERSE_STATE_STORE);
  }

  @Override
  public void process(Record<String, MarketState> record) {
    if (record.value() != null) {
      states.put(record.key(), record.value());
    }
  }
}
