package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.decision.ExecutorDecision;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.decision.ExecutorVerdict;
import io.quantumtrader.execution.decision.ExecutorVerdict.Ask;
import io.quantumtrader.execution.decision.ExecutorVerdict.Await;
import io.quantumtrader.execution.decision.ExecutorVerdict.Execute;
import io.quantumtrader.execution.decision.ExecutorVerdict.Ignore;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.execution.decision.LedgerOrigin;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The executor's work for the accounts of one partition. Reads no clock but the records'. */
final class PartitionExecutor {

  /** How long a plan id, and an order, is remembered. */
  static final long MEMORY_MS = Duration.ofHours(24).toMillis();

  /** How long the stop of a position is left to a plan that places or moves it. */
  private static final long LEFT_TO_PLANS_MS = Duration.ofSeconds(30).toMillis();

  private static final long TIDY_EVERY_MS = Duration.ofHours(1).toMillis();

  /**
   * A plan and what to do with it.
   *
   * @param plan the plan
   * @param verdict what was decided
   */
  record Admission(ApplyPlan plan, ExecutorVerdict verdict) {}

  private final int partition;
  private final List<String> accounts;
  private final MarketLink link;
  private final TradingStates trading;
  private final ExecutorMode mode;
  private final OwnMarket market;
  private final PlanRunner runner;
  private final PlanStandings standings;
  private final AccountSync sync;
  private final HeldCloses held = new HeldCloses();
  private final Optional<RefusedStops> refusedStops;
  private long nowMs;
  private long beforeMs;
  private boolean doubted;
  private long epoch;
  private long tidiedAtMs;

  /**
   * Takes the partition up where it was left.
   *
   * @param accounts those of the exchange's that lie in the partition
   * @param whole the exchange; nothing is sent to it while the executor only observes
   */
  PartitionExecutor(
      int partition,
      List<String> accounts,
      Exchange whole,
      TradingStates trading,
      LedgerRows ledger,
      ExecutorSettings settings,
      PartitionHistory history) {
    Exchange exchange =
        settings.mode() == ExecutorMode.OBSERVE ? new ObservedExchange(whole) : whole;
    this.partition = partition;
    this.accounts = List.copyOf(accounts);
    this.link = exchange.marketLink();
    this.trading = trading;
    this.mode = settings.mode();
    this.market = new OwnMarket(settings.market(), history.market());
    this.runner = new PlanRunner(exchange, mode, market);
    this.standings =
        new PlanStandings(
            history.results(), history.plans(), exchange.receiveWindowMs(), history.nowMs());
    this.nowMs = history.nowMs();
    this.epoch = history.epoch();
    this.sync = new AccountSync(partition, exchange, ledger, settings, history, standings);
    this.refusedStops =
        link.rollsBack() && settings.closesUnprotected() && mode != ExecutorMode.OBSERVE
            ? Optional.of(new RefusedStops(exchange))
            : Optional.empty();
    OwnLedger.require(
        LedgerOrigin.nameOf(link.rollsBack(), settings.market()), accounts, history.accounts());
    accounts.forEach(account -> restore(account, history));
    history.results().forEach(result -> refusedStops.ifPresent(stops -> stops.note(result)));
  }

  private void restore(String account, PartitionHistory history) {
    List<ApplyResult> own =
        history.results().stream().filter(result -> result.getAccount().equals(account)).toList();
    link.restore(account, Optional.ofNullable(history.accounts().get(account)), own);
    link.restoreIncome(
        account,
        history.incomes().stream().filter(each -> each.getAccount().equals(account)).toList());
  }

  /**
   * Gives the partition up, without a word to the exchange: another executor has it now, or this
   * one fails.
   */
  void release() {
    accounts.forEach(link::forget);
  }

  /** Returns whether the exchange would cancel what rests once it hears no more of the executor. */
  boolean isArmed() {
    return sync.isArmed();
  }

  /** Returns whether that is so because this executor has the switch on. */
  boolean isDeadManSet() {
    return sync.isDeadManSet();
  }

  /** Lets what rests on the exchange stay, because the executor is stopped in order. */
  void takeBackDeadMan() {
    sync.takeBackDeadMan();
  }

  /** Returns the greatest clock, epoch milliseconds UTC; 0 before the first. */
  long nowMs() {
    return nowMs;
  }

  /** Returns the greatest epoch of a feed whose clock was believed; 0 where there was none. */
  long epoch() {
    return epoch;
  }

  /** Notes the epoch of a step of the clock that is believed. */
  void passEpoch(long value) {
    epoch = Math.max(epoch, value);
  }

  /** Notes which market a step of the clock is of; empty where it does not say. */
  void passMarket(Optional<String> name) {
    market.see(name);
  }

  /**
   * Believes a step no more that has come to lie ahead of the wall clock, because that was wrong
   * when it was believed: otherwise the clock would stand until then. Now is the step before the
   * jump, or else, as soon as it comes, the next step. Protective orders are reported meanwhile.
   *
   * @param wallMs the wall time now, epoch ms
   */
  void doubt(long wallMs) {
    if (!ClockCheck.isPlausible(nowMs, wallMs)) {
      doubted = !ClockCheck.isPlausible(beforeMs, wallMs) || beforeMs == 0;
      nowMs = doubted ? nowMs : beforeMs;
    }
    if (!ClockCheck.isPlausible(epoch, wallMs)) {
      epoch = 0;
    }
  }

  /** Does what is due at a step of the clock. One before the greatest is passed over. */
  void tick(long clockMs, Outputs out) {
    if (clockMs < nowMs && !doubted) {
      return;
    }
    beforeMs = clockMs - nowMs > ClockCheck.TOLERANCE_MS ? nowMs : beforeMs;
    sync.doubtAfter(clockMs);
    tidiedAtMs = Math.min(tidiedAtMs, clockMs);
    doubted = false;
    nowMs = clockMs;
    for (PlanRun run : standings.due(nowMs)) {
      ask(run, out);
    }
    for (PlanRun run : standings.awaitingApproval()) {
      ExecutorDecision.lapsed(run.plan(), nowMs)
          .ifPresent(refuse -> write(run, runner.refuse(run, refuse, nowMs), out));
    }
    for (String account : accounts) {
      if (closeRefused(account, out)) {
        publish(account, out);
      }
      sync.tick(account, protectedByPlans(account), nowMs, out);
    }
    if (nowMs - tidiedAtMs >= TIDY_EVERY_MS) {
      tidy();
    }
  }

  private Set<String> protectedByPlans(String account) {
    return standings.symbolsBeingProtected(account, nowMs, LEFT_TO_PLANS_MS);
  }

  private void tidy() {
    tidiedAtMs = nowMs;
    standings.forgetBefore(nowMs - MEMORY_MS);
    link.expireOrders(nowMs - MEMORY_MS);
  }

  /**
   * Reports the fills that no plan asked for, what became of orders that were on their way, and the
   * cash that moved, since this was called last. Before the first clock it waits, for there is no
   * time to report it with.
   */
  void report(Outputs out) {
    if (nowMs == 0) {
      return;
    }
    for (String account : accounts) {
      link.runs(account, standings.openOrders(account));
      List<UnplannedFill> told = link.unplanned(account, nowMs);
      List<UnplannedFill> fills = bookable(account, sync.toBook(account, told));
      fills.forEach(each -> write(ResultRecords.unplanned(each, nowMs), out));
      standings.runs(link.answered(account, nowMs)).forEach(run -> ask(run, out));
      List<ExchangeIncome> income = link.income(account, nowMs);
      sync.traded(
          account,
          Stream.concat(told.stream(), fills.stream())
              .map(UnplannedFill::symbol)
              .collect(Collectors.toSet()),
          protectedByPlans(account),
          nowMs);
      for (ExchangeIncome each : income) {
        out.add(Topic.EXCHANGE_INCOME, partition, account, each, nowMs);
      }
      sync.cash(account, income, nowMs, out);
      if (!told.isEmpty() || !fills.isEmpty() || !income.isEmpty()) {
        publish(account, out);
      }
    }
  }

  /**
   * Returns what may be booked of what was told, now or before. An exchange in the executor's
   * process tells fills in the order it made them.
   */
  private List<UnplannedFill> bookable(String account, List<UnplannedFill> told) {
    return link.rollsBack()
        ? told
        : held.due(
            account,
            told,
            standings.unbookedEntries(account),
            symbol -> sync.booked(account, symbol),
            nowMs);
  }

  /** Returns what the executor tries to put right here, and how often each. */
  Map<ExecutorTrouble, Integer> troubles() {
    Map<ExecutorTrouble, Integer> troubles = new EnumMap<>(sync.troubles());
    troubles.put(ExecutorTrouble.CLOSE_HELD, held.count());
    troubles.put(ExecutorTrouble.FOREIGN_MARKET, nowMs > 0 && market.isForeign() ? 1 : 0);
    return troubles;
  }

  /**
   * Returns whether the exchange waits for a sign of life.
   *
   * @param ownMs the executor's own time, epoch milliseconds UTC
   */
  boolean isTellingDue(long ownMs) {
    return accounts.stream().anyMatch(account -> sync.isTellingDue(account, ownMs));
  }

  /**
   * Says that the executor works, whatever the clock does.
   *
   * @param ownMs its own time, epoch milliseconds UTC
   */
  void alive(long ownMs) {
    accounts.forEach(account -> sync.alive(account, ownMs));
  }

  /** Decides about a plan; from then on its id is known. */
  Admission admit(ApplyPlan plan) {
    ExecutorVerdict verdict =
        market.judge(
            plan,
            ExecutorDecision.decide(
                plan, standings.of(plan.getPlanId()), trading.of(plan.getAccount()), mode, nowMs));
    if (verdict instanceof Execute || verdict instanceof Refuse || verdict instanceof Await) {
      standings.open(new PlanRun(plan, nowMs, Long.MAX_VALUE));
    }
    return new Admission(plan, verdict);
  }

  /** Decides about a plan that a person has spoken about; empty where none waits for it. */
  Optional<Admission> admit(Approval approval) {
    PlanRun run = standings.run(approval.getPlanId());
    if (run == null
        || !run.awaitsApproval()
        || !run.plan().getAccount().equals(approval.getAccount())) {
      return Optional.empty();
    }
    run.announced(nowMs, Long.MAX_VALUE);
    ApplyPlan plan = run.plan();
    TradingState state = trading.of(plan.getAccount());
    ExecutorVerdict verdict = ExecutorDecision.approved(plan, approval, state, mode, nowMs);
    return Optional.of(new Admission(plan, market.judge(plan, verdict)));
  }

  /** Announces a plan that is to be sent. */
  void announce(Admission admission, Outputs out) {
    if (admission.verdict() instanceof Execute) {
      write(ResultRecords.submitting(admission.plan(), nowMs), out);
    }
  }

  /** Does what was decided, and writes what came of it. */
  void answer(Admission admission, Outputs out) {
    PlanRun run = standings.run(admission.plan().getPlanId());
    switch (admission.verdict()) {
      case Execute execute -> write(run, runner.send(run, nowMs), out);
      case Refuse refuse -> write(run, runner.refuse(run, refuse, nowMs), out);
      case Await await -> {
        run.awaitApproval();
        write(ResultRecords.awaitingApproval(run.plan(), nowMs), out);
      }
      case Ask ask -> askForWhole(run, admission.plan(), out);
      case Ignore ignore -> {}
    }
  }

  /** The same plan came again while nothing final is known: now it is here with its permit. */
  private void askForWhole(PlanRun run, ApplyPlan plan, Outputs out) {
    if (run == null) {
      return;
    }
    run.plan(plan);
    if (run.isDue(nowMs)) {
      ask(run, out);
    }
  }

  private void ask(PlanRun run, Outputs out) {
    TradingState state = trading.of(run.plan().getAccount());
    write(run, runner.ask(run, state, nowMs), out);
  }

  /** Writes what came of a run, and ends it with its final result. */
  private void write(PlanRun run, List<ApplyResult> results, Outputs out) {
    results.forEach(result -> write(result, out));
    if (results.stream().anyMatch(ApplyResult::getFinalResult)) {
      standings.answered(run.plan().getPlanId(), nowMs);
    }
    if (run.isUnread()) {
      sync.lookSoon(run.plan().getAccount());
    }
    if (closeRefused(run.plan().getAccount(), out)
        || results.stream().anyMatch(PartitionExecutor::changesAccount)) {
      publish(run.plan().getAccount(), out);
    }
  }

  /** Closes what has no stop because that was refused; returns whether anything was. */
  private boolean closeRefused(String account, Outputs out) {
    List<UnplannedFill> fills =
        refusedStops.map(stops -> stops.close(account, nowMs)).orElse(List.of());
    fills.forEach(each -> write(ResultRecords.unplanned(each, nowMs), out));
    return !fills.isEmpty();
  }

  private static boolean changesAccount(ApplyResult result) {
    return result.getFilledQuantity().signum() > 0
        || result.getOutcome() == ResultOutcome.PROTECTED;
  }

  private void write(ApplyResult result, Outputs out) {
    sync.reported(result);
    refusedStops.ifPresent(stops -> stops.note(result));
    out.add(Topic.APPLY_RESULT, partition, result.getAccount(), result, nowMs);
  }

  private void publish(String account, Outputs out) {
    sync.publish(account, nowMs, out);
  }
}
