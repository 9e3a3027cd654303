package io.quantumtrader.topology.universe;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.universe.Universes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Ranks when the clock passes, so that a replay ranks at the same moments each time. */
final class UniverseStage implements Processor<String, Clock, String, Object> {

  private static final String BEGIN = "begin";

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, MarketState> states;
  private KeyValueStore<String, Universe> lists;
  private KeyValueStore<String, Long> begin;
  private PolicyTable policies;

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    states = context.getStateStore(Names.UNIVERSE_STATE_STORE);
    lists = context.getStateStore(Names.UNIVERSE_STORE);
    begin = context.getStateStore(Names.UNIVERSE_BEGIN_STORE);
    policies = new PolicyTable(context);
  }

  @Override
  public void process(Record<String, Clock> record) {
    if (record.value() == null || record.value().getNowMs() < 0) {
      // The account sub-topology has the same record, and dead-letters it.
      return;
    }
    long nowMs = record.value().getNowMs();
    Optional<Universe> lastTop = Optional.ofNullable(lists.get(Universes.TOP));
    Universes.View view =
        new Universes.View(
            Universes.mayRank(lastTop, nowMs) ? all(states) : List.of(),
            all(context.getStateStore(Names.INSTRUMENT_TABLE)),
            lastTop,
            Optional.ofNullable(lists.get(Universes.ACTIVE)),
            Optional.ofNullable(begin.get(BEGIN)).orElse(nowMs),
            record.value().getStepMs());
    Lookups lookups = new Lookups(nowMs);
    Policy policy = policies.byDefault(lookups).policy();
    Universes.Publication publication =
        Deciding.on(() -> Universes.at(view, policy, lookups, nowMs));
    if (begin.get(BEGIN) == null || begin.get(BEGIN) > nowMs) {
      begin.put(BEGIN, nowMs);
    }
    for (Universe list : publication.lists()) {
      lists.put(list.getName(), list);
      context.forward(new Record<>(list.getName(), list, nowMs), Names.UNIVERSE_SINK);
    }
    publication
        .decisions()
        .forEach(
            decision ->
                context.forward(
                    new Record<>(Accounts.ALL, decision, nowMs), Names.UNIVERSE_DECISION_SINK));
  }

  private static <V> List<V> all(ReadOnlyKeyValueStore<String, V> store) {
    List<V> rows = new ArrayList<>();
    try (KeyValueIterator<String, V> each = store.all()) {
      while (each.hasNext()) {
        KeyValue<String, V> row = each.next();
        rows.add(row.value);
      }
    }
    return rows;
  }
}
