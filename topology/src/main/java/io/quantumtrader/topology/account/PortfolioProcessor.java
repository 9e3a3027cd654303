package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.heat.PortfolioHeat;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.OverduePlans;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import io.quantumtrader.topology.time.StageClocks;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The clock of the accounts: each step of it sets now, reckons the money of every account, takes up
 * what is due, reports plans whose result is late and forgets what is too old.
 */
final class PortfolioProcessor extends StageProcessor<Clock> {

  private static final String FIRST_PARTITION = "0";

  private ClockExits exits;
  private ClockBackfills backfills;
  private OperatorOrders orders;
  private DeadFeed deadFeed;
  private StageClocks clocks;

  PortfolioProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    super.init(processorContext);
    exits = new ClockExits(state(), data());
    backfills = new ClockBackfills(state(), data());
    orders = new OperatorOrders(state(), data(), exits, this::write);
    deadFeed = DeadFeed.watch(processorContext, orders);
    clocks = StageClocks.in(processorContext.appConfigs());
  }

  @Override
  public void process(Record<String, Clock> record) {
    int partition = ClockSteps.checkKey(record, keys());
    deadFeed.heard();
    long beforeMs = state().nowMs();
    long nowMs = record.value().getNowMs();
    Optional<DecisionFailedException> refused = ClockSteps.refuse(record, state().clock());
    if (refused.isEmpty()) {
      write(Outcome.empty().change(new Change.EpochPassed(ClockEpoch.of(record.headers()))), nowMs);
    }
    clocks.at(partition, refused.isPresent() ? beforeMs : Math.max(beforeMs, nowMs));
    if (refused.isPresent() || nowMs <= beforeMs) {
      orders.takeUp();
      refused.ifPresent(
          failed -> {
            throw failed;
          });
      return;
    }
    write(due(nowMs), nowMs);
    if (Math.floorDiv(nowMs, SeenIds.HOUR_MS) != Math.floorDiv(beforeMs, SeenIds.HOUR_MS)) {
      forget(nowMs);
    }
    write(passed(record), nowMs);
  }

  @Override
  public void close() {
    if (clocks != null) {
      clocks.left(context().taskId().partition());
    }
  }

  /** Everything that a step makes due, decided before any of it is written. */
  private Outcome due(long nowMs) {
    Outcome outcome = Outcome.empty().change(new Change.ClockPassed(nowMs));
    for (String account : state().accounts()) {
      outcome.and(due(account, nowMs));
    }
    for (OpenPlan plan : state().plans()) {
      report(plan, nowMs).ifPresent(outcome::and);
    }
    return outcome;
  }

  /** Entries that wait may be decided now; what ranks the symbols goes by the first partition. */
  private static Outcome passed(Record<String, Clock> record) {
    Outcome outcome =
        Outcome.empty().emit(Emission.toStage(Names.BRIDGE, record.key(), record.value()));
    return FIRST_PARTITION.equals(record.key())
        ? outcome.emit(
            Emission.toStage(Names.UNIVERSE_CLOCK_REPARTITION, record.key(), record.value()))
        : outcome;
  }

  /**
   * One account whose money cannot be reckoned must not stop the clock of the others; its equity
   * grows old, and that keeps it from entries.
   */
  private Outcome due(String account, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    Policy policy = data().policy(account, lookups).policy();
    AccountView view = state().view(account, policy, nowMs);
    Cause cause = Cause.of(account, CauseType.CLOCK, Long.toString(nowMs), 1);
    Basis basis = Basis.of(policy, lookups.list());
    Map<String, MarketState> states =
        data()
            .marketStates(
                view.positions().stream().map(each -> each.ledger().getSymbol()).toList());
    try {
      Portfolio.Evaluation evaluation = Deciding.on(() -> reckon(view, states, nowMs));
      return decide(() -> reckoned(evaluation, cause, basis, nowMs))
          .and(exits.decide(view, Optional.of(evaluation.state()), nowMs))
          .and(backfills.decide(view, nowMs));
    } catch (DecisionFailedException failed) {
      Outcome outcome = Outcome.of(failure(cause, failed, basis, nowMs));
      ordered(view, nowMs).ifPresent(outcome::and);
      return outcome;
    }
  }

  /** What operators ordered does not hang on whether the account's money can be reckoned. */
  private Optional<Outcome> ordered(AccountView view, long nowMs) {
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

  private static Portfolio.Evaluation reckon(
      AccountView view, Map<String, MarketState> states, long nowMs) {
    Portfolio.Evaluation evaluation = Portfolio.atClock(view, nowMs);
    return evaluation.with(
        PortfolioHeat.in(
            evaluation.state(), view, symbol -> Optional.ofNullable(states.get(symbol))));
  }

  private static Outcome reckoned(
      Portfolio.Evaluation evaluation, Cause cause, Basis basis, long nowMs) {
    Outcome outcome = Outcome.empty().change(new Change.MoneyChanged(evaluation.state()));
    if (evaluation.publish()) {
      outcome.emit(Emission.of(evaluation.state()));
    }
    evaluation
        .haltBegan()
        .map(
            halt ->
                DecisionRecords.recorded(
                    Stage.PORTFOLIO, cause, halt.code(), halt.numbers(), basis, nowMs))
        .map(Emission::of)
        .ifPresent(outcome::emit);
    return outcome;
  }

  private Optional<Outcome> report(OpenPlan plan, long nowMs) {
    Lookups lookups = new Lookups(nowMs);
    Policy policy = data().policy(plan.getAccount(), lookups).policy();
    Basis basis = Basis.of(policy, lookups.list());
    Cause cause =
        Cause.of(plan.getAccount(), CauseType.PLAN, plan.getPlanId(), 1)
            .in(plan.getSymbol())
            .with(plan.getPlanId(), plan.getSide());
    return OverduePlans.report(plan, policy, nowMs)
        .map(
            numbers ->
                Outcome.of(
                        DecisionRecords.recorded(
                            Stage.PORTFOLIO,
                            cause,
                            ReasonCode.RESERVATION_OVERDUE,
                            numbers,
                            basis,
                            nowMs))
                    .change(new Change.PlanOpen(OverduePlans.reported(plan))));
  }

  private void forget(long nowMs) {
    Set<String> ordered = new HashSet<>();
    for (String account : state().accounts()) {
      for (Control control : data().controls(account, new Lookups(nowMs))) {
        OrderIds.in(control).forEach(id -> ordered.add(AccountState.orderKey(account, id)));
      }
    }
    state().forget(account -> data().policy(account, new Lookups(nowMs)).policy(), ordered, nowMs);
  }
}
