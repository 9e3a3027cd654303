package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.account.SeenIds.Seen;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Denial;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.PlanIds;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.Texts;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import io.quantumtrader.topology.decision.entry.Bridge;
import io.quantumtrader.topology.decision.entry.BridgeRuling;
import io.quantumtrader.topology.decision.entry.BridgeView;
import io.quantumtrader.topology.decision.entry.Intake;
import io.quantumtrader.topology.decision.portfolio.Holdings;
import io.quantumtrader.topology.time.PlausibleTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The first stage of an intent: is it one, has it been decided before, is it an entry or a close,
 * and may it be traded now? Marks each intent that it decides about, refused ones too.
 */
final class BridgeProcessor extends StageProcessor<TradeIntent> {

  private SeenIds seenIntents;

  BridgeProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void init(ProcessorContext<String, Step> processorContext) {
    super.init(processorContext);
    seenIntents = new SeenIds(AccountBooks.store(processorContext, Names.SEEN_INTENT_STORE));
  }

  @Override
  public void process(Record<String, TradeIntent> record) {
    String account = keys().accountOfValue(record, TradeIntent::getAccount);
    TradeIntent intent = record.value();
    long nowMs = books().nowMs();
    Lookups lookups = new Lookups(nowMs);
    Policies.InForce policy = tables().policy(account, lookups);
    String id = Texts.id(intent.getIntentId());
    Optional<Seen> seen = seenIntents.find(account, id, policy.policy().getDedupeMs(), nowMs);
    Step step = step(record, policy, seen, lookups, nowMs);

    seenIntents.mark(account, id, seen, nowMs);
    hand(account, step, nowMs);
  }

  private Step step(
      Record<String, TradeIntent> record,
      Policies.InForce policy,
      Optional<Seen> seen,
      Lookups lookups,
      long nowMs) {
    TradeIntent intent = record.value();
    Intake.Arrival arrival =
        new Intake.Arrival(
            absurdTime(record, policy.policy(), nowMs),
            seen.map(last -> OptionalLong.of(last.atMs())).orElseGet(OptionalLong::empty));
    Cause cause = cause(intent, seen.map(Seen::count).orElse(0) + 1);
    Optional<Denial> refused =
        Deciding.on(() -> Intake.check(intent, arrival, policy.policy(), nowMs));
    if (refused.isPresent()) {
      return Deciding.on(() -> denied(intent, cause, refused.get(), policy, lookups, nowMs));
    }
    BridgeView view = view(intent, policy, lookups);
    return Deciding.on(() -> ruled(intent, cause, view, lookups, nowMs));
  }

  /** Returns the record's time on Kafka where no sane sender can have set it, else empty. */
  private static OptionalLong absurdTime(
      Record<String, TradeIntent> record, Policy policy, long nowMs) {
    boolean ahead = record.timestamp() - policy.getFutureToleranceMs() > nowMs;
    return ahead ? OptionalLong.of(record.timestamp()) : PlausibleTime.rejected(record.headers());
  }

  private BridgeView view(TradeIntent intent, Policies.InForce policy, Lookups lookups) {
    String account = intent.getAccount();
    String symbol = intent.getSymbol();
    return new BridgeView(
        policy,
        tables().tradingState(account, lookups),
        tables().instrument(symbol, lookups),
        tables().top(lookups),
        tables().marketState(symbol, lookups),
        books().ledger(account, symbol),
        books().plans().of(account).stream()
            .anyMatch(plan -> Holdings.isReservation(plan) && plan.getSymbol().equals(symbol)));
  }

  private static Step ruled(
      TradeIntent intent, Cause cause, BridgeView view, Lookups lookups, long nowMs) {
    return switch (Bridge.rule(intent, view, nowMs)) {
      case BridgeRuling.Denied no ->
          denied(intent, cause, no.denial(), view.policy(), lookups, nowMs);
      case BridgeRuling.Entry entry -> {
        String planId = planId(intent, entry.side());
        yield new Step.Entry(
            intent,
            entry.side(),
            planId,
            cause.with(planId, entry.side()),
            view.policy().policy(),
            view.instrument().orElseThrow(),
            view.state().orElseThrow(),
            lookups.list());
      }
      case BridgeRuling.Close close -> {
        String planId = planId(intent, close.side());
        yield new Step.Close(
            new ApplyLayer.Ask(planId, intent, close.side(), close.quantity()),
            cause.with(planId, close.side()),
            view.policy().policy(),
            view.instrument(),
            view.state(),
            lookups.list());
      }
    };
  }

  private static Step denied(
      TradeIntent intent,
      Cause cause,
      Denial denial,
      Policies.InForce policy,
      Lookups lookups,
      long nowMs) {
    Cause named =
        Bridge.namedSide(intent.getAction())
            .map(side -> cause.with(planId(intent, side), side))
            .orElse(cause);
    Basis basis = Basis.of(policy.policy(), lookups.list());
    return new Step.Publication(DecisionRecords.denied(Stage.BRIDGE, named, denial, basis, nowMs));
  }

  private static String planId(TradeIntent intent, OrderSide side) {
    return PlanIds.ofIntent(intent.getAccount(), intent.getIntentId(), intent.getSymbol(), side);
  }

  private static Cause cause(TradeIntent intent, int occurrence) {
    Cause cause =
        Cause.of(intent.getAccount(), CauseType.INTENT, intent.getIntentId(), occurrence)
            .in(intent.getSymbol());
    return intent.getSizing() == Sizing.QUANTITY && intent.getAmount() != null
        ? cause.of(Decimals.quantity(intent.getAmount()))
        : cause;
  }
}
