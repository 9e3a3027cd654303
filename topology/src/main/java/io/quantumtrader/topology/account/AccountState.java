package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitAttempt;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.PlannedRisk;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.topology.KnownInputs;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.account.SeenIds.Seen;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Holdings;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The state of the accounts of one task: what the stages decide on, and the one place where it
 * changes. It is a store without a changelog so that Streams gives each task exactly one, for all
 * its stages; what lasts lies in the stores behind it, and begins anew from them with the task.
 */
final class AccountState implements StateStore {

  /** The longest time that a rate is counted over, milliseconds. */
  static final long RATES_MS = 3_600_000;

  private static final String BETWEEN = ",";
  private static final int TIME_DIGITS = 13;

  /** What was read of each store, to be forgotten. */
  private final List<Runnable> mirrors = new ArrayList<>();

  private boolean open;
  private boolean loaded;
  private TaskInputs inputs;
  private AccountClock clock;
  private StoredRows<PositionLedger> ledger;
  private StoredRows<PortfolioState> money;
  private StoredRows<ExchangeAccount> wallets;
  private SnapshotRows snapshots;
  private StoredRows<OpenPlan> plans;
  private StoredRows<PlannedRisk> risks;
  private StoredRows<Long> granted;
  private StoredRows<ExitAttempt> attempts;
  private StoredRows<String> orders;
  private SeenIds seenIntents;
  private SeenIds seenFills;
  private WaitingEntries waiting;

  /**
   * Returns the state of the task that the context is of.
   *
   * @param context of a processor that is connected to {@link AccountStores#NAMES}
   */
  static AccountState in(ProcessingContext context) {
    AccountState state = context.getStateStore(Names.ACCOUNT_STATE);
    state.load(context);
    return state;
  }

  /** The first stage that is initialised loads it: only then the stores behind it are restored. */
  private void load(ProcessingContext context) {
    if (loaded) {
      return;
    }
    inputs = KnownInputs.in(context);
    StoredRows<Long> times = rows(context, Names.CLOCK_STORE);
    clock = new AccountClock(times, WallClock.in(context.appConfigs()));
    ledger = rows(context, Names.LEDGER_STORE);
    money = rows(context, Names.PORTFOLIO_STORE);
    wallets = rows(context, Names.EXCHANGE_ACCOUNT_STORE);
    snapshots = new SnapshotRows(rows(context, Names.POSITION_SNAPSHOT_STORE), clock::nowMs);
    plans = rows(context, Names.OPEN_PLAN_STORE);
    risks = rows(context, Names.PLANNED_RISK_STORE);
    granted = rows(context, Names.GRANTED_ENTRY_STORE);
    attempts = rows(context, Names.EXIT_ATTEMPT_STORE);
    orders = rows(context, Names.CLOSE_ORDER_STORE);
    seenIntents = new SeenIds(context.getStateStore(Names.SEEN_INTENT_STORE));
    seenFills = new SeenIds(context.getStateStore(Names.SEEN_FILL_STORE));
    mirrors.add(seenIntents::readAnew);
    mirrors.add(seenFills::readAnew);
    waiting = new WaitingEntries(context.getStateStore(Names.WAITING_ENTRY_STORE), times);
    loaded = true;
  }

  private <V> StoredRows<V> rows(ProcessingContext context, String name) {
    KeyValueStore<String, V> store = context.getStateStore(name);
    StoredRows<V> rows = new StoredRows<>(store);
    mirrors.add(rows::readAnew);
    return rows;
  }

  /** Forgets what was read, so that all is read from the stores anew. */
  void readAnew() {
    mirrors.forEach(Runnable::run);
  }

  /** Returns which records the task has taken, as far as it is known. */
  TaskInputs inputs() {
    return inputs;
  }

  /** Returns the greatest step of the clock so far that can be believed, epoch ms; 0: none. */
  long nowMs() {
    return clock.nowMs();
  }

  /** Returns the clock, to be asked and not to be moved. */
  AccountClock clock() {
    return clock;
  }

  /** Returns the ledger row of a symbol, open or flat. */
  Optional<PositionLedger> ledger(String account, String symbol) {
    return ledger.find(Accounts.key(account, symbol));
  }

  Optional<PortfolioState> money(String account) {
    return money.find(account);
  }

  /** Returns a plan without a final result. */
  Optional<OpenPlan> plan(String account, String planId) {
    return plans.find(within(account, planId));
  }

  /** Returns the plans of an account without a final result. */
  List<OpenPlan> plans(String account) {
    return plans.startingWith(within(account, ""));
  }

  /** Returns whether an entry in the symbol was granted and has no final result. */
  boolean isReserved(String account, String symbol) {
    for (OpenPlan plan : plans(account)) {
      if (Holdings.isReservation(plan) && plan.getSymbol().equals(symbol)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the plans of all accounts of the task without a final result. */
  List<OpenPlan> plans() {
    return plans.all();
  }

  /** Returns what a granted entry knew about its risk, if that is still kept. */
  Optional<PlannedRisk> risk(String account, String planId) {
    return risks.find(within(account, planId));
  }

  /** Returns when entries of the account in the symbol were granted, epoch ms, oldest first. */
  List<Long> grantedAtMs(String account, String symbol) {
    return granted.startingWith(account + "|" + symbol + "|");
  }

  /** Returns what is known of earlier plans for this same exit. */
  Optional<ExitAttempt> attempt(String account, String exitKey) {
    return attempts.find(within(account, exitKey));
  }

  /**
   * Returns the positions that an operator's order is still to close: none where it is done, empty
   * where it was not taken up yet.
   */
  Optional<List<String>> remaining(String account, String orderId) {
    return orders
        .find(within(account, orderId))
        .map(text -> text.isEmpty() ? List.of() : List.of(text.split(BETWEEN)));
  }

  /** Returns when an intent was last seen, if that is less than {@code keepMs} ago. */
  Optional<Seen> seenIntent(String account, String id, long keepMs, long nowMs) {
    return seenIntents.find(account, id, keepMs, nowMs);
  }

  /** Returns when a fill was last seen, if that is less than {@code keepMs} ago. */
  Optional<Seen> seenFill(String account, String id, long keepMs, long nowMs) {
    return seenFills.find(account, id, keepMs, nowMs);
  }

  /** Returns the entries that wait, to be asked and not to be moved. */
  WaitingEntries waiting() {
    return waiting;
  }

  /** Returns the account as the exchange last said it has it. */
  Optional<ExchangeAccount> wallet(String account) {
    return wallets.find(account);
  }

  /** Returns what ledger and exchange disagree about in a symbol, or empty. */
  Optional<PositionHold> hold(String account, String symbol) {
    return wallets
        .find(account)
        .flatMap(
            wallet ->
                wallet.getHolds().stream()
                    .filter(hold -> hold.getSymbol().equals(symbol))
                    .findFirst());
  }

  /** Returns all that is known of an account's money. */
  AccountView view(String account, Policy policy) {
    return view(account, policy, nowMs());
  }

  /**
   * Returns all that is known of an account's money at a step of the clock.
   *
   * @param nowMs the step, which may not have been passed yet, epoch ms
   */
  AccountView view(String account, Policy policy, long nowMs) {
    List<PositionLedger> rows = ledger.startingWith(Accounts.key(account, ""));
    List<ValuedPosition> positions = new ArrayList<>();
    for (PositionLedger row : rows) {
      if (Sides.isOpen(row)) {
        positions.add(ValuedPosition.of(row, snapshot(row, nowMs)));
      }
    }
    return new AccountView(
        account, policy, wallets.find(account), rows, positions, plans(account), money(account));
  }

  /**
   * Returns what a position is valued by. Whether the first snapshot of one that was opened at this
   * step is here yet is chance, and its price may be of an earlier time: it stands at its entry
   * price until the step is over, whatever came.
   */
  private Optional<PositionSnapshot> snapshot(PositionLedger row, long nowMs) {
    Long openedAtMs = row.getOpenedAtMs();
    return openedAtMs != null && openedAtMs >= nowMs
        ? Optional.empty()
        : snapshots.before(Accounts.key(row.getAccount(), row.getSymbol()), nowMs);
  }

  /** Returns the accounts of which a wallet or money is known, ascending. */
  Set<String> accounts() {
    Set<String> accounts = new TreeSet<>(wallets.keys());
    accounts.addAll(money.keys());
    return accounts;
  }

  /** Makes the changes, in their order. */
  void apply(List<Change> changes) {
    changes.forEach(this::apply);
  }

  private void apply(Change change) {
    switch (change) {
      case Change.ClockPassed step -> clock.pass(step.nowMs());
      case Change.EpochPassed step -> clock.passEpoch(step.epoch());
      case Change.WalletSeen seen -> wallets.put(seen.key(), seen.wallet());
      case Change.WalletGone gone -> wallets.delete(gone.key());
      case Change.PositionValued valued -> snapshots.put(valued.key(), valued.snapshot());
      case Change.ValuesGone gone -> snapshots.remove(gone.key());
      case Change.IntentSeen seen -> seenIntents.put(seen.account(), seen.id(), seen.seen());
      case Change.FillSeen seen -> seenFills.put(seen.account(), seen.id(), seen.seen());
      case Change.EntryWaits entry -> waiting.add(entry.intent());
      case Change.EntryTaken taken -> waiting.removeFirst();
      case Change.EntryGranted entry -> granted.put(key(entry), entry.atMs());
      case Change.PlanOpen open ->
          plans.put(within(open.plan().getAccount(), open.plan().getPlanId()), open.plan());
      case Change.PlanEnded ended -> plans.delete(within(ended.account(), ended.planId()));
      case Change.RiskPlanned planned ->
          risks.put(
              within(planned.risk().getAccount(), planned.risk().getPlanId()), planned.risk());
      case Change.LedgerChanged changed ->
          ledger.put(
              Accounts.key(changed.row().getAccount(), changed.row().getSymbol()), changed.row());
      case Change.MoneyChanged changed -> money.put(changed.state().getAccount(), changed.state());
      case Change.ExitTried tried ->
          attempts.put(
              within(tried.attempt().getAccount(), tried.attempt().getExitKey()), tried.attempt());
      case Change.ExitDone done -> attempts.delete(within(done.account(), done.exitKey()));
      case Change.OrderTaken order ->
          orders.put(
              within(order.account(), order.orderId()), String.join(BETWEEN, order.remaining()));
    }
  }

  private static String key(Change.EntryGranted entry) {
    String digits = Long.toString(entry.atMs());
    String atMs = "0".repeat(Math.max(0, TIME_DIGITS - digits.length())) + digits;
    return String.join("|", entry.account(), entry.symbol(), atMs, entry.planId());
  }

  /**
   * Forgets what nothing can come back to.
   *
   * @param policyOf the policy that holds for an account
   * @param ordered orders that a control record names, as {@link #orderKey}
   */
  void forget(Function<String, Policy> policyOf, Set<String> ordered, long nowMs) {
    ToLongFunction<String> dedupeMs = account -> policyOf.apply(account).getDedupeMs();
    seenIntents.forget(dedupeMs, nowMs);
    seenFills.forget(account -> LedgerProcessor.keepFillsMs(policyOf.apply(account)), nowMs);
    forget(
        risks,
        risk ->
            nowMs - risk.getGrantedAtMs() >= policyOf.apply(risk.getAccount()).getRiskDataMs()
                && plan(risk.getAccount(), risk.getPlanId()).isEmpty());
    forget(granted, atMs -> nowMs - atMs >= RATES_MS);
    forget(
        attempts,
        attempt -> nowMs - attempt.getAtMs() >= dedupeMs.applyAsLong(attempt.getAccount()));
    for (String key : orders.keys()) {
      if (orders.find(key).filter(String::isEmpty).isPresent() && !ordered.contains(key)) {
        orders.delete(key);
      }
    }
  }

  private static <V> void forget(StoredRows<V> rows, Predicate<V> isOld) {
    for (String key : rows.keys()) {
      if (rows.find(key).filter(isOld).isPresent()) {
        rows.delete(key);
      }
    }
  }

  /** Returns the key that an order lies under. */
  static String orderKey(String account, String orderId) {
    return within(account, orderId);
  }

  private static String within(String account, String id) {
    return account + "|" + id;
  }

  @Override
  public String name() {
    return Names.ACCOUNT_STATE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
    loaded = false;
    mirrors.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
