package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PlainStoreBuilder;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the account sub-topology. They are small and are read whole at each decision, so
 * they lie in memory; their changelogs are what lasts. Times lie in keys and values, not in
 * windows, so nothing expires by the wall clock.
 */
final class AccountStores {

  /** All of them; each stage is connected to each, through {@link AccountState}. */
  static final String[] NAMES = {
    Names.ACCOUNT_STATE,
    Names.CLOCK_STORE,
    Names.WAITING_ENTRY_STORE,
    Names.SEEN_INTENT_STORE,
    Names.SEEN_FILL_STORE,
    Names.GRANTED_ENTRY_STORE,
    Names.EXIT_ATTEMPT_STORE,
    Names.CLOSE_ORDER_STORE,
    Names.OPEN_PLAN_STORE,
    Names.PLANNED_RISK_STORE,
    Names.LEDGER_STORE,
    Names.PORTFOLIO_STORE,
    Names.EXCHANGE_ACCOUNT_STORE,
    Names.POSITION_SNAPSHOT_STORE
  };

  private AccountStores() {}

  static List<StoreBuilder<?>> builders(RecordSerdes serdes) {
    return List.of(
        new PlainStoreBuilder<>(Names.ACCOUNT_STATE, null, null, AccountState::new),
        store(Names.CLOCK_STORE, Serdes.Long()),
        store(Names.WAITING_ENTRY_STORE, serdes.of(TradeIntent.class)),
        store(Names.SEEN_INTENT_STORE, SeenIds.Seen.serde()),
        store(Names.SEEN_FILL_STORE, SeenIds.Seen.serde()),
        store(Names.GRANTED_ENTRY_STORE, Serdes.Long()),
        store(Names.EXIT_ATTEMPT_STORE, serdes.of(ExitAttempt.class)),
        store(Names.CLOSE_ORDER_STORE, Serdes.String()),
        store(Names.OPEN_PLAN_STORE, serdes.of(OpenPlan.class)),
        store(Names.PLANNED_RISK_STORE, serdes.of(PlannedRisk.class)),
        store(Names.LEDGER_STORE, serdes.of(PositionLedger.class)),
        store(Names.PORTFOLIO_STORE, serdes.of(PortfolioState.class)),
        store(Names.EXCHANGE_ACCOUNT_STORE, serdes.of(ExchangeAccount.class)),
        store(Names.POSITION_SNAPSHOT_STORE, serdes.of(PositionSnapshot.class)));
  }

  private static StoreBuilder<?> store(String name, Serde<?> valueSerde) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), valueSerde)
        .withLoggingEnabled(
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }
}
