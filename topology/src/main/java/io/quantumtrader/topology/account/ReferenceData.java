package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.policy.TradingStates;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Restrictions;
import io.quantumtrader.topology.decision.SymbolLocks;
import io.quantumtrader.topology.decision.universe.Universes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Looks into the global tables and notes each row that was looked at. */
final class ReferenceData {

  private static final String TOP = "top10";

  private final ProcessingContext context;
  private final PolicyTable policies;

  ReferenceData(ProcessingContext context) {
    this.context = context;
    this.policies = new PolicyTable(context);
  }

  /** Returns the policy that holds for an account. */
  Policies.InForce policy(String account, Lookups lookups) {
    return policies.of(account, lookups);
  }

  /** Returns what operators restrict for an account. */
  Restrictions restrictions(String account, Lookups lookups) {
    Optional<Control> all = control(Accounts.ALL, lookups);
    Optional<Control> own = control(account, lookups);
    return new Restrictions(
        TradingStates.inForce(all.map(Control::getTradingState), own.map(Control::getTradingState)),
        SymbolLocks.in(Stream.of(all, orders(lookups), own).flatMap(Optional::stream).toList()));
  }

  /** Returns the control records that hold for an account: those for all, then its own. */
  List<Control> controls(String account, Lookups lookups) {
    return Stream.of(control(Accounts.ALL, lookups), orders(lookups), control(account, lookups))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Most pipelines never have this row, and a decision without it names no row that is missing. */
  private Optional<Control> orders(Lookups lookups) {
    ReadOnlyKeyValueStore<String, Control> store = context.getStateStore(Names.CONTROL_TABLE);
    return Optional.ofNullable(store.get(Accounts.ALL_ORDERS))
        .flatMap(
            row ->
                lookups.note(
                    Topic.CONTROL.topicName(),
                    Accounts.ALL_ORDERS,
                    Optional.of(row),
                    Control::getAtMs));
  }

  private Optional<Control> control(String key, Lookups lookups) {
    return row(Names.CONTROL_TABLE, Topic.CONTROL, key, Control::getAtMs, lookups);
  }

  Optional<Instrument> instrument(String symbol, Lookups lookups) {
    return row(Names.INSTRUMENT_TABLE, Topic.INSTRUMENT, symbol, Instrument::getAsOfMs, lookups);
  }

  /** Returns the list of what may be opened, and notes the version of it that counts. */
  Optional<Universe> top(Lookups lookups) {
    ReadOnlyKeyValueStore<String, Universe> store = context.getStateStore(Names.UNIVERSE_TABLE);
    Optional<Universe> list = Optional.ofNullable(store.get(TOP));
    lookups.note(
        Topic.UNIVERSE.topicName(),
        TOP,
        list.flatMap(row -> Universes.versionInForce(row, lookups.nowMs())),
        Long::longValue);
    return list;
  }

  Optional<MarketState> marketState(String symbol, Lookups lookups) {
    return row(
        Names.MARKET_STATE_TABLE, Topic.MARKET_STATE, symbol, MarketState::getAsOfMs, lookups);
  }

  /** Returns the market states of these symbols, as far as they are known, without a note. */
  Map<String, MarketState> marketStates(Collection<String> symbols) {
    ReadOnlyKeyValueStore<String, MarketState> store =
        context.getStateStore(Names.MARKET_STATE_TABLE);
    Map<String, MarketState> states = new HashMap<>();
    for (String symbol : symbols) {
      MarketState state = store.get(symbol);
      if (state != null) {
        states.put(symbol, state);
      }
    }
    return states;
  }

  /** Notes that a state which was read before is looked at now. */
  static Optional<MarketState> noted(
      String symbol, Map<String, MarketState> states, Lookups lookups) {
    return lookups.note(
        Topic.MARKET_STATE.topicName(),
        symbol,
        Optional.ofNullable(states.get(symbol)),
        MarketState::getAsOfMs);
  }

  private <V> Optional<V> row(
      String table, Topic topic, String key, ToLongFunction<V> asOfMs, Lookups lookups) {
    ReadOnlyKeyValueStore<String, V> store = context.getStateStore(table);
    return lookups.note(topic.topicName(), key, Optional.ofNullable(store.get(key)), asOfMs);
  }
}
