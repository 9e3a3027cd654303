package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of the accounts of this room: clock, ledger, portfolio, wallet, snapshots, plans. */
final class AccountBooks {

  /** Stores that the books are kept in; a processor that opens them is connected to all. */
  static final String[] STORES = {
    Names.CLOCK_STORE,
    Names.LEDGER_STORE,
    Names.PORTFOLIO_STORE,
    Names.EXCHANGE_ACCOUNT_STORE,
    Names.POSITION_SNAPSHOT_STORE,
    Names.OPEN_PLAN_STORE,
    Names.PLANNED_RISK_STORE
  };

  private final RoomClock clock;
  private final KeyValueStore<String, PositionLedger> ledger;
  private final KeyValueStore<String, PortfolioState> portfolios;
  private final KeyValueStore<String, ExchangeAccount> exchange;
  private final SnapshotRows snapshots;
  private final OpenPlans plans;

  /** Opens the books of the task that the context is of. */
  AccountBooks(ProcessingContext context) {
    clock = clock(context);
    ledger = store(context, Names.LEDGER_STORE);
    portfolios = store(context, Names.PORTFOLIO_STORE);
    exchange = store(context, Names.EXCHANGE_ACCOUNT_STORE);
    snapshots = snapshots(context);
    plans =
        new OpenPlans(
            store(context, Names.OPEN_PLAN_STORE), store(context, Names.PLANNED_RISK_STORE));
  }

  static <V> KeyValueStore<String, V> store(ProcessingContext context, String name) {
    return context.getStateStore(name);
  }

  /** Returns the rows of snapshots, by the clock of the task that the context is of. */
  static SnapshotRows snapshots(ProcessingContext context) {
    RoomClock now = clock(context);
    return new SnapshotRows(store(context, Names.POSITION_SNAPSHOT_STORE), now::nowMs);
  }

  private static RoomClock clock(ProcessingContext context) {
    return new RoomClock(store(context, Names.CLOCK_STORE), WallClock.in(context.appConfigs()));
  }

  /** Returns the greatest step of the clock so far that can be believed; 0 before the first. */
  long nowMs() {
    return clock.nowMs();
  }

  RoomClock clock() {
    return clock;
  }

  OpenPlans plans() {
    return plans;
  }

  /** Returns the ledger row of a symbol, open or flat. */
  Optional<PositionLedger> ledger(String account, String symbol) {
    return Optional.ofNullable(ledger.get(Accounts.key(account, symbol)));
  }

  void put(PositionLedger row) {
    ledger.put(Accounts.key(row.getAccount(), row.getSymbol()), row);
  }

  Optional<PortfolioState> portfolio(String account) {
    return Optional.ofNullable(portfolios.get(account));
  }

  void put(PortfolioState state) {
    portfolios.put(state.getAccount(), state);
  }

  /** Returns all that is known of an account's money. */
  AccountView view(String account, Policy policy) {
    return view(account, policy, nowMs());
  }

  /**
   * Returns all that is known of an account's money at a step of the clock.
   *
   * @param nowMs the step, which the books may not have passed yet, epoch ms
   */
  AccountView view(String account, Policy policy, long nowMs) {
    List<PositionLedger> rows = rows(account);
    List<ValuedPosition> positions = new ArrayList<>();
    for (PositionLedger row : rows) {
      if (Sides.isOpen(row)) {
        String key = Accounts.key(account, row.getSymbol());
        positions.add(ValuedPosition.of(row, snapshots.before(key, nowMs)));
      }
    }
    return new AccountView(
        account,
        policy,
        Optional.ofNullable(exchange.get(account)),
        rows,
        positions,
        plans.of(account),
        portfolio(account));
  }

  /** Returns the accounts of which a wallet or a portfolio is known, ascending. */
  Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    try (KeyValueIterator<String, ExchangeAccount> known = exchange.all()) {
      known.forEachRemaining(entry -> accounts.add(entry.key));
    }
    try (KeyValueIterator<String, PortfolioState> known = portfolios.all()) {
      known.forEachRemaining(entry -> accounts.add(entry.key));
    }
    return accounts;
  }

  private List<PositionLedger> rows(String account) {
    List<PositionLedger> rows = new ArrayList<>();
    try (KeyValueIterator<String, PositionLedger> found =
        ledger.prefixScan(Accounts.key(account, ""), new StringSerializer())) {
      found.forEachRemaining(entry -> rows.add(entry.value));
    }
    return rows;
  }
}
