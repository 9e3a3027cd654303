package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.close.ExitLayer;
import io.quantumtrader.topology.decision.heat.PortfolioHeat;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.OverduePlans;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import io.quantumtrader.topology.time.PlausibleTime;
import io.quantumtrader.topology.time.StageClocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The clock of the room: each step of it sets now, reckons the money of every account, reports
 * plans whose result is late and forgets what is too old.
 */
final class PortfolioProcessor extends StageProcessor<Clock> {

  private SeenIds seenIntents;
  private SeenIds seenFills;
  private GrantedEntries granted;
  private ClockExits exits;
  private ClockBackfills backfills;
  private OperatorOrders orders;
  private DeadFeed deadFeed;
  private StageClocks clocks;

  PortfolioProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    seenIntents = new SeenIds(AccountBooks.store(processorContext, Names.SEEN_INTENT_STORE));
    seenFills = new SeenIds(AccountBooks.store(processorContext, Names.SEEN_FILL_STORE));
    granted = new GrantedEntries(AccountBooks.store(processorContext, Names.GRANTED_ENTRY_STORE));
    exits = new ClockExits(books(), tables(), processorContext);
    backfills = new ClockBackfills(books(), tables(), processorContext);
    orders = new OperatorOrders(books(), tables(), exits, this::write);
    deadFeed = DeadFeed.watch(processorContext, orders);
    clocks = StageClocks.in(processorContext.appConfigs());
  }

  /** What a step of the clock comes to for one account or plan, before any of it is written. */
  private record Outcome(
      String account,
      Optional<Portfolio.Evaluation> evaluation,
      Optional<OpenPlan> reported,
      Optional<Decision> decision,
      Optional<ClockExits.Outcome> exits,
      Optional<ClockBackfills.Outcome> backfills) {

    static Outcome of(String account, Optional<OpenPlan> reported, Decision decision) {
      return new Outcome(
          account,
          Optional.empty(),
          reported,
          Optional.of(decision),
          Optional.empty(),
          Optional.empty());
    }
  }

  @Override
  public void process(Record<String, Clock> record) {
    checkKey(record);
    deadFeed.heard();
    long beforeMs = books().nowMs();
    long nowMs = record.value().getNowMs();
    Optional<DecisionFailedException> refused = refuse(record);
    if (refused.isEmpty()) {
      books().clock().passEpoch(ClockEpoch.of(record.headers()));
    }
    clocks.at(
        context().taskId().partition(), refused.isPresent() ? beforeMs : Math.max(beforeMs, nowMs));
    if (refused.isPresent() || nowMs <= beforeMs) {
      orders.takeUp();
      refused.ifPresent(
          failed -> {
            throw failed;
          });
      return;
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (String account : books().accounts()) {
      outcomes.add(evaluate(account, nowMs));
    }
    for (OpenPlan plan : books().plans().all()) {
      report(plan, nowMs).ifPresent(outcomes::add);
    }

    books().clock().pass(nowMs);
    outcomes.forEach(outcome -> write(outcome, nowMs));
    if (Math.floorDiv(nowMs, SeenIds.HOUR_MS) != Math.floorDiv(beforeMs, SeenIds.HOUR_MS)) {
      forget(nowMs);
    }
    hand(record.key(), new Step.Passed(record.value()), nowMs);
  }

  /** A step that cannot be believed is a dead letter, and moves nothing. */
  private Optional<DecisionFailedException> refuse(Record<String, Clock> record) {
    long stepMs = record.value().getNowMs();
    long epoch = ClockEpoch.of(record.headers());
    OptionalLong rejectedMs = PlausibleTime.rejected(record.headers());
    Optional<ReasonCode> code =
        books()
            .clock()
            .refuse(stepMs, epoch)
            .or(
                () ->
                    rejectedMs.isPresent()
                        ? Optional.of(ReasonCode.TIME_INVALID)
                        : Optional.empty());
    return code.map(
        why ->
            new DecisionFailedException(
                why,
                "step %d of epoch %d, record time %d, while the wall clock says %d"
                    .formatted(
                        stepMs,
                        epoch,
                        rejectedMs.orElse(record.timestamp()),
                        books().clock().wallMs())));
  }

  @Override
  public void close() {
    if (clocks != null) {
      clocks.left(context().taskId().partition());
    }
  }

  private void checkKey(Record<String, Clock> record) {
    if (record.value() == null) {
      throw new DecisionFailedException(ReasonCode.VALUE_MISSING, "a clock without a value");
    }
    int partition = keys().partition();
    if (!Integer.toString(partition).equals(record.key())) {
      throw new DecisionFailedException(
          ReasonCode.KEY_PARTITION_MISMATCH,
          "clock of partition " + record.key() + " in partition " + partition);
    }
    if (record.value().getPartition() != partition) {
      throw KeyCheck.mismatch(record.key(), "partition " + record.value().getPartition());
    }
    if (record.value().getNowMs() < 0) {
      throw new DecisionFailedException(
          ReasonCode.TIME_INVALID, "a clock before 1970: " + record.value().getNowMs());
    }
  }

  /**
   * One account whose money cannot be reckoned must not stop the clock of the others; its equity
   * grows old, and that keeps it from entries.
   */
  private Outcome evaluate(String account, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    Policy policy = tables().policy(account, lookups).policy();
    AccountView view = books().view(account, policy, nowMs);
    Cause cause = Cause.of(account, CauseType.CLOCK, Long.toString(nowMs), 1);
    Basis basis = Basis.of(policy, lookups.list());
    try {
      return Deciding.on(() -> evaluated(view, cause, basis, nowMs));
    } catch (DecisionFailedException failed) {
      return new Outcome(
          account,
          Optional.empty(),
          Optional.empty(),
          Optional.of(failure(cause, failed, basis, nowMs)),
          orders(view, nowMs),
          Optional.empty());
    }
  }

  /** What operators ordered does not hang on whether the account's money can be reckoned. */
  private Optional<ClockExits.Outcome> orders(AccountView view, long nowMs) {
    try {
      return Optional.of(exits.decide(view, Optional.empty(), nowMs));
    } catch (DecisionFailedException alsoFailed) {
      // The decision about the money says it; what is ordered is asked for again at the next step.
      return Optional.empty();
    }
  }

  private static Decision failure(
      Cause cause, DecisionFailedException failed, Basis basis, long nowMs) {
    return DecisionRecords.recorded(
        Stage.PORTFOLIO,
        cause,
        failed.code(),
        Numbers.none().and("error", String.valueOf(failed.getMessage())),
        basis,
        nowMs);
  }

  private Outcome evaluated(AccountView view, Cause cause, Basis basis, long nowMs) {
    Portfolio.Evaluation evaluation = Deciding.on(() -> reckon(view, nowMs));
    Optional<Decision> halted =
        evaluation
            .haltBegan()
            .map(
                halt ->
                    DecisionRecords.recorded(
                        Stage.PORTFOLIO, cause, halt.code(), halt.numbers(), basis, nowMs));
    return new Outcome(
        view.account(),
        Optional.of(evaluation),
        Optional.empty(),
        halted,
        Optional.of(exits.decide(view, Optional.of(evaluation.state()), nowMs)),
        Optional.of(backfills.decide(view, nowMs)));
  }

  private Portfolio.Evaluation reckon(AccountView view, long nowMs) {
    Portfolio.Evaluation evaluation = Portfolio.atClock(view, nowMs);
    return evaluation.with(
        PortfolioHeat.in(
            evaluation.state(), view, symbol -> tables().marketState(symbol, new Lookups(nowMs))));
  }

  private Optional<Outcome> report(OpenPlan plan, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    Policy policy = tables().policy(plan.getAccount(), lookups).policy();
    Basis basis = Basis.of(policy, lookups.list());
    Cause cause =
        Cause.of(plan.getAccount(), CauseType.PLAN, plan.getPlanId(), 1)
            .in(plan.getSymbol())
            .with(plan.getPlanId(), plan.getSide());
    return OverduePlans.report(plan, policy, nowMs)
        .map(
            numbers ->
                Outcome.of(
                    plan.getAccount(),
                    Optional.of(OverduePlans.reported(plan)),
                    DecisionRecords.recorded(
                        Stage.PORTFOLIO,
                        cause,
                        ReasonCode.RESERVATION_OVERDUE,
                        numbers,
                        basis,
                        nowMs)));
  }

  private void write(Outcome outcome, long nowMs) {
    outcome.reported().ifPresent(books().plans()::put);
    if (outcome.evaluation().isPresent()) {
      Portfolio.Evaluation evaluation = outcome.evaluation().get();
      books().put(evaluation.state());
      if (evaluation.publish()) {
        publish(outcome.account(), evaluation.state(), nowMs);
      }
    }
    outcome.decision().ifPresent(decision -> publish(outcome.account(), decision, nowMs));
    outcome.exits().ifPresent(due -> write(outcome.account(), due, nowMs));
    outcome.backfills().ifPresent(due -> write(due, nowMs));
  }

  private void write(ClockBackfills.Outcome due, long nowMs) {
    backfills.keep(due);
    for (PositionLedger row : due.rows()) {
      publish(Accounts.key(due.account(), row.getSymbol()), row, nowMs);
    }
    due.decisions().forEach(decision -> publish(due.account(), decision, nowMs));
  }

  private void write(String account, ClockExits.Outcome due, long nowMs) {
    exits.keep(due);
    for (ExitLayer.Granted grant : due.grants()) {
      publish(account, grant.plan().plan(), nowMs);
      publish(grant.plan().plan().getPlanId(), grant.plan().plan().getPermit(), nowMs);
    }
    due.decisions().forEach(decision -> publish(account, decision, nowMs));
  }

  private void forget(long nowMs) {
    seenIntents.forget(account -> policyOf(account, nowMs).getDedupeMs(), nowMs);
    seenFills.forget(account -> LedgerProcessor.keepFillsMs(policyOf(account, nowMs)), nowMs);
    books().plans().forgetRisks(account -> policyOf(account, nowMs).getRiskDataMs(), nowMs);
    granted.forget(nowMs);
    exits.forget(books().accounts(), account -> policyOf(account, nowMs).getDedupeMs(), nowMs);
  }

  private Policy policyOf(String account, long nowMs) {
    return tables().policy(account, new Lookups(nowMs)).policy();
  }
}
