package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.decision.LedgerOrigin;
import io.quantumtrader.execution.decision.PositionSync;
import io.quantumtrader.execution.decision.PositionSync.Difference;
import io.quantumtrader.execution.decision.PositionSync.Look;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes what the exchange has of each account of a partition. One that remembers by itself is
 * held against the ledger on the way: where they differ for long, the account carries a hold, and
 * the account stages take no entry in the symbol; and each position is seen to have its stop.
 */
final class AccountSync {

  /** Age at which what was said of an account is said again, milliseconds. */
  static final long AGE_MS = 30_000;

  /** How often a remote exchange is looked at, milliseconds on the clock. */
  static final long LOOK_MS = 10_000;

  /** Pause before a remote exchange that did not answer is asked again, milliseconds. */
  static final long AGAIN_MS = 2_000;

  /** Most questions about a change in a minute; a remote exchange counts them. */
  static final int CHANGES_PER_MINUTE = 10;

  /** How long a position must be there unbooked before it is adopted, where that is wanted. */
  static final long ADOPT_AFTER_MS = 60_000;

  private final int partition;
  private final Exchange exchange;
  private final LedgerRows ledger;
  private final boolean compares;
  private final String exchangeName;
  private final boolean acts;
  private final boolean adopts;
  private final StopKeeper stops;
  private final DeadManSwitch deadMan;
  private final Map<String, ExchangeAccount> said = new HashMap<>();
  private final Map<String, Long> lookedAtMs = new HashMap<>();
  private final Map<String, Long> unansweredAtMs = new HashMap<>();
  private final AskLimit asks = new AskLimit(CHANGES_PER_MINUTE);
  private final Set<String> changed = new HashSet<>();
  private final Set<String> adopted = new HashSet<>();
  private final Map<String, Map<String, Difference>> differences = new HashMap<>();
  private final Map<String, Set<String>> searched = new HashMap<>();
  private final BookedFills fills;
  private final PlanStandings plans;
  private final WalletWatch wallets;
  private final UnbookedPositions unbooked = new UnbookedPositions();
  private final Set<String> followed;

  /**
   * Takes up what was published.
   *
   * @param history what was committed
   * @param plans what is known of the plans
   */
  AccountSync(
      int partition,
      Exchange exchange,
      LedgerRows ledger,
      ExecutorSettings settings,
      PartitionHistory history,
      PlanStandings plans) {
    this.partition = partition;
    this.exchange = exchange;
    this.ledger = ledger;
    this.compares = !exchange.marketLink().rollsBack();
    this.exchangeName = LedgerOrigin.nameOf(!compares, settings.market());
    this.acts = settings.mode() != ExecutorMode.OBSERVE;
    this.adopts = settings.adopts();
    this.stops = new StopKeeper(exchange, settings.closesUnprotected());
    this.deadMan =
        new DeadManSwitch(
            exchange,
            acts ? settings.deadMan() : Duration.ZERO,
            compares && acts ? history.accounts().values() : List.of());
    this.plans = plans;
    this.fills = new BookedFills(ledger);
    this.wallets = new WalletWatch(exchange, ledger, history.accounts());
    said.putAll(history.accounts());
    said.forEach((name, last) -> differences.put(name, PositionSync.of(last.getHolds())));
    history.accounts().values().forEach(unbooked::restore);
    followed = new HashSet<>(history.accounts().keySet());
    history.results().forEach(fills::reported);
  }

  /** Does what is due at a step of the clock: looks at the account, and says what is new or old. */
  void tick(String account, Set<String> inFlight, long nowMs, Outputs out) {
    ExchangeAccount last = said.get(account);
    boolean old = last == null || nowMs - last.getAsOfMs() >= AGE_MS;
    long lookedMs = nowMs - lookedAtMs.getOrDefault(account, 0L);
    boolean due =
        compares && (lookedMs >= LOOK_MS || (changed.contains(account) && lookedMs >= AGAIN_MS));
    boolean spared = nowMs - unansweredAtMs.getOrDefault(account, 0L) < AGAIN_MS;
    if (compares && acts) {
      stops.clear(account, inFlight, nowMs);
    }
    if ((old || due) && !spared) {
      look(account, inFlight, nowMs)
          .filter(state -> old || !sameAs(last, state))
          .ifPresent(state -> publish(state, nowMs, out));
    }
  }

  /**
   * Says to the exchange, where that is wanted, that the executor is there.
   *
   * @param ownMs the executor's own time, epoch milliseconds UTC: the clock of the pipeline may
   *     stand while the executor works
   */
  void alive(String account, long ownMs) {
    if (said.containsKey(account)) {
      deadMan.alive(said.get(account), ownMs);
    }
  }

  /**
   * Sees to it, at once, that nothing rests which protected a position that these fills closed: the
   * exchange leaves it. Not while it only observes.
   *
   * @param symbols in which something was traded that no plan asked for
   * @param inFlight symbols in which a plan is about to place or move a stop
   */
  void traded(String account, Set<String> symbols, Set<String> inFlight, long nowMs) {
    if (compares && acts) {
      symbols.forEach(symbol -> stops.traded(account, symbol));
      stops.clear(account, inFlight, nowMs);
    }
  }

  /**
   * Returns whether the exchange is to be told again that the executor is there.
   *
   * @param ownMs the executor's own time, epoch milliseconds UTC
   */
  boolean isTellingDue(String account, long ownMs) {
    return said.containsKey(account) && deadMan.isDue(account, ownMs);
  }

  /** Returns whether the exchange would cancel what rests once it hears no more of the executor. */
  boolean isArmed() {
    return deadMan.isArmed();
  }

  /** Returns whether that is so because this executor has the switch on. */
  boolean isDeadManSet() {
    return deadMan.isSet();
  }

  /** Returns what is the matter with protection and switch, and in how many symbols. */
  Map<ExecutorTrouble, Integer> troubles() {
    return Map.of(
        ExecutorTrouble.NOT_CLEARED,
        stops.uncleared(),
        ExecutorTrouble.STOP_UNKNOWN,
        stops.unknown(),
        ExecutorTrouble.DEAD_MAN_SET,
        deadMan.inherited(),
        ExecutorTrouble.DEAD_MAN_UNSET,
        deadMan.unset());
  }

  /** Lets what rests stay when the executor is gone, because it is stopped in order. */
  void takeBackDeadMan() {
    deadMan.takeBack();
  }

  /** Wants an account looked at soon, whatever was said of it last. */
  void lookSoon(String account) {
    changed.add(account);
  }

  /** Takes what was said at a later time than this as not said: the clock was wrong then. */
  void doubtAfter(long clockMs) {
    said.values().removeIf(state -> state.getAsOfMs() > clockMs);
    lookedAtMs.values().removeIf(atMs -> atMs > clockMs);
    unansweredAtMs.values().removeIf(atMs -> atMs > clockMs);
    asks.doubtAfter(clockMs);
  }

  private Optional<ExchangeAccount> look(String account, Set<String> inFlight, long nowMs) {
    lookedAtMs.put(account, nowMs);
    changed.remove(account);
    Optional<ExchangeAccount> found = exchange.account(account, nowMs);
    if (found.isEmpty()) {
      unansweredAtMs.put(account, nowMs);
    }
    boolean acted =
        compares
            && acts
            && found.isPresent()
            && stops.look(
                found.get(), ledger.of(account), plans.unreadEntries(account), inFlight, nowMs);
    return (acted ? exchange.account(account, nowMs) : found).map(now -> compared(now, nowMs));
  }

  /** By their texts: Avro's own comparison fails at a decimal that may be null. */
  private static boolean sameAs(ExchangeAccount last, ExchangeAccount state) {
    return ExchangeAccount.newBuilder(state)
        .setAsOfMs(last.getAsOfMs())
        .build()
        .toString()
        .equals(last.toString());
  }

  /**
   * Publishes the account as it is now. A remote exchange is asked so often in a minute and no
   * more: what changes then waits for the clock, so that many changes are one question.
   */
  void publish(String account, long nowMs, Outputs out) {
    if (compares && !asks.mayAsk(account, nowMs)) {
      changed.add(account);
      return;
    }
    exchange
        .account(account, nowMs)
        .ifPresent(state -> publish(compared(state, nowMs), nowMs, out));
  }

  private void publish(ExchangeAccount state, long nowMs, Outputs out) {
    String account = state.getAccount();
    ExchangeAccount before = said.put(account, state);
    HoldLog.tell(account, before == null ? List.of() : before.getHolds(), state.getHolds());
    out.add(Topic.EXCHANGE_ACCOUNT, partition, account, state, nowMs);
    if (compares && adopts) {
      adopt(state, nowMs, out);
    }
  }

  private void adopt(ExchangeAccount state, long nowMs, Outputs out) {
    String account = state.getAccount();
    for (PositionHold hold : state.getHolds()) {
      if (!mayAdopt(account, hold, nowMs)) {
        continue;
      }
      state.getPositions().stream()
          .filter(position -> position.getSymbol().equals(hold.getSymbol()))
          .filter(position -> adopted.add(account + ":" + hold.getSymbol() + hold.getSinceMs()))
          .map(position -> adopted(account, position, hold.getSinceMs(), nowMs))
          .forEach(result -> out.add(Topic.APPLY_RESULT, partition, account, result, nowMs));
    }
  }

  private ApplyResult adopted(String account, ExchangePosition position, long sinceMs, long nowMs) {
    long contentMs = exchange.marketLink().adopted(account, position.getSymbol(), nowMs);
    if (unbooked.isOpen(account, position.getSymbol())) {
      unbooked.over(account, position.getSymbol(), contentMs);
    }
    ApplyResult result = ResultRecords.adopted(account, position, sinceMs, contentMs, nowMs);
    fills.reported(result);
    return result;
  }

  /**
   * Returns whether a position may be booked whole. Only what the ledger knows nothing of: one that
   * differs has a fill that is missing. And only once every fill that could explain it is known and
   * booked; otherwise it would be booked twice. So it waits while a plan in the symbol has no final
   * result, while the exchange has not told all that happened since, and while the ledger has not
   * booked what was reported.
   */
  private boolean mayAdopt(String account, PositionHold hold, long nowMs) {
    String symbol = hold.getSymbol();
    return hold.getLedgerQuantity().signum() == 0
        && nowMs - hold.getSinceMs() >= ADOPT_AFTER_MS
        && !plans.openSymbols(account).contains(symbol)
        && searched.getOrDefault(account, Set.of()).contains(symbol)
        && fills.areBooked(account, symbol);
  }

  /**
   * Returns what the ledger has in a symbol, base units, negative where it is short; 0 while it has
   * not booked all that was reported.
   */
  BigDecimal booked(String account, String symbol) {
    return fills.booked(account, symbol);
  }

  /**
   * Takes cash that came or went beside trades, and says at once, with it, what the wallet should
   * be: both are committed or neither is.
   */
  void cash(String account, List<ExchangeIncome> incomes, long nowMs, Outputs out) {
    ExchangeAccount last = said.get(account);
    if (!compares || incomes.isEmpty()) {
      return;
    }
    wallets.cash(account, incomes);
    if (last != null) {
      ExchangeAccount now = wallets.again(last, nowMs);
      said.put(account, now);
      out.add(Topic.EXCHANGE_ACCOUNT, partition, account, now, nowMs);
    }
  }

  /** Notes a result that was reported: with a fill, the ledger has to book it. */
  void reported(ApplyResult result) {
    fills.reported(result);
  }

  /** Wants the trades looked through where the account is held, and notes where that was done. */
  private void search(String account, List<PositionHold> holds) {
    Set<String> done = new HashSet<>();
    for (PositionHold hold : holds) {
      if (exchange.marketLink().search(account, hold.getSymbol(), hold.getSinceMs())) {
        done.add(hold.getSymbol());
      }
    }
    searched.put(account, done);
  }

  private ExchangeAccount compared(ExchangeAccount state, long nowMs) {
    if (!compares) {
      return state;
    }
    String account = state.getAccount();
    Look look =
        PositionSync.look(
            ledger.of(account).values(),
            state.getPositions(),
            this::step,
            differences.getOrDefault(account, Map.of()),
            nowMs);
    differences.put(account, look.differences());
    search(account, look.holds());
    leaveUnbooked(state, look, nowMs);
    ExchangeAccount held =
        ExchangeAccount.newBuilder(state)
            .setHolds(look.holds())
            .setUnbooked(unbooked.published(account, nowMs))
            .setExchange(exchangeName)
            .build();
    boolean quiet =
        look.differences().isEmpty()
            && plans.openSymbols(account).isEmpty()
            && fills.areBooked(account);
    return wallets.looked(held, quiet, nowMs);
  }

  /**
   * Where nothing is adopted, what is open as an account is looked at for the first time, and is
   * not in the ledger, stays so. What comes later has trades, which are told sooner or later.
   */
  private void leaveUnbooked(ExchangeAccount state, Look look, long nowMs) {
    String account = state.getAccount();
    if (followed.add(account) && !adopts) {
      state.getPositions().stream()
          .map(ExchangePosition::getSymbol)
          .filter(symbol -> booked(account, symbol).signum() == 0)
          .forEach(symbol -> unbooked.note(account, symbol));
    }
    Set<String> agreeing = unbooked.open(account);
    agreeing.removeAll(look.differences().keySet());
    for (String symbol : unbooked.agree(account, agreeing)) {
      unbooked.over(account, symbol, exchange.marketLink().adopted(account, symbol, nowMs));
    }
  }

  /**
   * Returns those of the fills that no plan asked for that are to be booked: not those of a
   * position that the ledger does not have, while it has none in the symbol.
   */
  List<UnplannedFill> toBook(String account, List<UnplannedFill> told) {
    Set<String> open = unbooked.open(account);
    open.removeAll(plans.openSymbols(account));
    open.removeIf(symbol -> booked(account, symbol).signum() != 0);
    return told.stream().filter(fill -> !open.contains(fill.symbol())).toList();
  }

  private BigDecimal step(String symbol) {
    return exchange.instrument(symbol).map(Instrument::getStepSize).orElse(BigDecimal.ZERO);
  }
}
