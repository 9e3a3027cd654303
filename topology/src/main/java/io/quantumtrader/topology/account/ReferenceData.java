package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.policy.TradingStates;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
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

  /** Returns the trading state that holds for an account. */
  TradingState tradingState(String account, Lookups lookups) {
    return TradingStates.inForce(
        control(Accounts.ALL, lookups).map(Control::getTradingState),
        control(account, lookups).map(Control::getTradingState));
  }

  /** Returns the control records that hold for an account: that for all, then its own. */
  List<Control> controls(String account, Lookups lookups) {
    return Stream.of(Accounts.ALL, account)
        .map(key -> control(key, lookups))
        .flatMap(Optional::stream)
        .toList();
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
