package io.quantumtrader.topology.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.account.SeenIds.Seen;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.PlanIds;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Restrictions;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.Texts;
import io.quantumtrader.topology.decision.close.ApplyLayer;
import io.quantumtrader.topology.decision.entry.Bridge;
import io.quantumtrader.topology.decision.entry.BridgePass;
import io.quantumtrader.topology.decision.entry.BridgeView;
import io.quantumtrader.topology.decision.entry.EntryLine;
import io.quantumtrader.topology.decision.entry.IntentValidator;
import io.quantumtrader.topology.time.PlausibleTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The first stage of an intent: is it one, has it been decided before, is it an entry or a close,
 * and may it be traded now? Marks each intent that it decides about, refused ones too.
 *
 * <p>When the account's stages are behind, entries wait in a line of their own, so that closes
 * among the intents are found; each step of the clock, which comes here once its exits are decided,
 * lets some of them on.
 */
final class BridgeProcessor extends StageProcessor<SpecificRecord> {

  /** Header of what goes on from the line: which intent it is about, for a dead letter. */
  static final String INTENT = "quantum.intent";

  private long decidedAtMs;
  private int decided;

  BridgeProcessor(int accountPartitions) {
    super(accountPartitions);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof Clock) {
      decideWaiting(EntryLine.TAKEN_PER_STEP, EntryLine.DECIDED_PER_STEP);
      return;
    }
    String account = keys().accountOfValue(record, value -> ((TradeIntent) value).getAccount());
    TradeIntent intent = (TradeIntent) record.value();
    long nowMs = state().nowMs();
    long recordMs = record.timestamp();
    OptionalLong rejectedMs = PlausibleTime.rejected(record.headers());
    // What no record can carry on cannot wait in a store either; it is denied at once.
    boolean mayWait =
        rejectedMs.isEmpty() && recordMs <= nowMs && RecordBounds.flaw(intent).isEmpty();
    if (mayWait && EntryLine.isEntry(intent, state().ledger(account, intent.getSymbol()))) {
      enter(account, intent, EntryLine.isBehind(recordMs, nowMs), nowMs);
    } else {
      decide(
          account, intent, absurdTime(account, recordMs, rejectedMs, nowMs), new RecordHeaders());
    }
  }

  /** Decides about an entry, after those that came before it, or lets it wait. */
  private void enter(String account, TradeIntent intent, boolean behind, long nowMs) {
    if (!behind) {
      decideWaiting(EntryLine.DECIDED_PER_INTENT, EntryLine.DECIDED_PER_INTENT);
    }
    if (EntryLine.waits(!state().waiting().isEmpty(), behind, decidedSince(nowMs))) {
      write(Outcome.empty().change(new Change.EntryWaits(intent)), nowMs);
    } else {
      decide(account, intent, OptionalLong.empty(), new RecordHeaders());
    }
  }

  /** Counts anew with each step of the clock. A restart forgets the count, and nothing else. */
  private int decidedSince(long nowMs) {
    if (decidedAtMs != nowMs) {
      decidedAtMs = nowMs;
      decided = 0;
    }
    return decided++;
  }

  /** An expired one costs little, so more of them are taken: the line does not grow for ever. */
  private void decideWaiting(int mostTaken, int mostInTime) {
    int left = mostInTime;
    for (int taken = 0; taken < mostTaken && left > 0 && !state().waiting().isEmpty(); taken++) {
      TradeIntent intent = state().waiting().first();
      long nowMs = state().nowMs();
      long ageMs = nowMs - intent.getCreatedAtMs();
      long mostMs =
          data().policy(intent.getAccount(), new Lookups(nowMs)).policy().getIntentMaxAgeMs();
      left -= ageMs > mostMs ? 0 : 1;
      write(Outcome.empty().change(new Change.EntryTaken()), nowMs);
      decideWaited(intent, nowMs);
    }
  }

  /**
   * What comes in here is a step of the clock, so a failure must not make a dead letter of that: it
   * is the recorded outcome of the intent.
   */
  private void decideWaited(TradeIntent intent, long nowMs) {
    String account = intent.getAccount();
    RecordHeaders about = new RecordHeaders();
    about.add(INTENT, (account + "/" + intent.getIntentId()).getBytes(UTF_8));
    try {
      decide(account, intent, OptionalLong.empty(), about);
    } catch (DecisionFailedException failed) {
      Lookups lookups = new Lookups(nowMs);
      Policies.InForce policy = data().policy(account, lookups);
      Finding denial =
          new Finding(
              failed.code(), Numbers.none().and("error", String.valueOf(failed.getMessage())));
      write(Outcome.of(denied(intent, cause(intent, 1), denial, policy, lookups, nowMs)), nowMs);
    }
  }

  private void decide(String account, TradeIntent intent, OptionalLong absurdTime, Headers about) {
    long nowMs = state().nowMs();
    Lookups lookups = new Lookups(nowMs);
    Policies.InForce policy = data().policy(account, lookups);
    String id = Texts.id(intent.getIntentId());
    Optional<Seen> seen = state().seenIntent(account, id, policy.policy().getDedupeMs(), nowMs);
    Optional<Outcome> refused =
        refuse(intent, absurdTime, policy, seen, lookups, nowMs).map(Outcome::of);
    Outcome outcome =
        refused.isPresent()
            ? refused.get()
            : ruled(intent, occurrence(seen), view(intent, policy, lookups), lookups, about, nowMs);

    write(outcome.change(new Change.IntentSeen(account, id, Seen.now(seen, nowMs))), nowMs);
  }

  private static int occurrence(Optional<Seen> seen) {
    return seen.map(Seen::count).orElse(0) + 1;
  }

  private static Optional<Decision> refuse(
      TradeIntent intent,
      OptionalLong absurdTime,
      Policies.InForce policy,
      Optional<Seen> seen,
      Lookups lookups,
      long nowMs) {
    IntentValidator.Arrival arrival =
        new IntentValidator.Arrival(
            absurdTime,
            seen.map(last -> OptionalLong.of(last.atMs())).orElseGet(OptionalLong::empty));
    return Deciding.on(
        () ->
            IntentValidator.check(intent, arrival, policy.policy(), nowMs)
                .map(
                    denial ->
                        denied(
                            intent,
                            cause(intent, occurrence(seen)),
                            denial,
                            policy,
                            lookups,
                            nowMs)));
  }

  /** Returns the record's time on Kafka where no sane sender can have set it, else empty. */
  private OptionalLong absurdTime(
      String account, long recordMs, OptionalLong rejectedMs, long nowMs) {
    Policy policy = data().policy(account, new Lookups(nowMs)).policy();
    boolean ahead = recordMs - policy.getFutureToleranceMs() > nowMs;
    return ahead && rejectedMs.isEmpty() ? OptionalLong.of(recordMs) : rejectedMs;
  }

  private BridgeView view(TradeIntent intent, Policies.InForce policy, Lookups lookups) {
    String account = intent.getAccount();
    String symbol = intent.getSymbol();
    Restrictions restrictions = data().restrictions(account, lookups);
    return new BridgeView(
        policy,
        restrictions.tradingState(),
        restrictions.locks(),
        data().instrument(symbol, lookups),
        data().top(lookups),
        data().marketState(symbol, lookups),
        state().ledger(account, symbol),
        state().hold(account, symbol),
        state().isReserved(account, symbol));
  }

  private static Outcome ruled(
      TradeIntent intent,
      int occurrence,
      BridgeView view,
      Lookups lookups,
      Headers about,
      long nowMs) {
    Cause cause = cause(intent, occurrence);
    return decide(
        () ->
            Bridge.rule(intent, view, nowMs)
                .fold(
                    why -> Outcome.of(denied(intent, cause, why, view.policy(), lookups, nowMs)),
                    pass -> passed(intent, pass, cause, view, lookups, about)));
  }

  private static Outcome passed(
      TradeIntent intent,
      BridgePass pass,
      Cause cause,
      BridgeView view,
      Lookups lookups,
      Headers about) {
    return switch (pass) {
      case BridgePass.Entry entry ->
          handed(Names.GOVERNOR, intent, entry(intent, entry, cause, view, lookups), about);
      case BridgePass.Close close ->
          handed(Names.APPLY_LAYER, intent, close(intent, close, cause, view, lookups), about);
    };
  }

  private static Outcome handed(String stage, TradeIntent intent, Object value, Headers about) {
    return Outcome.empty().emit(new Emission(stage, intent.getAccount(), value, about));
  }

  private static EntryCase entry(
      TradeIntent intent, BridgePass.Entry entry, Cause cause, BridgeView view, Lookups lookups) {
    String planId = planId(intent, entry.side());
    return new EntryCase(
        intent,
        entry.side(),
        planId,
        cause.with(planId, entry.side()),
        view.policy().policy(),
        view.instrument().orElseThrow(),
        view.state().orElseThrow(),
        lookups.list());
  }

  private static CloseCase.Asked close(
      TradeIntent intent, BridgePass.Close close, Cause cause, BridgeView view, Lookups lookups) {
    String planId = planId(intent, close.side());
    return new CloseCase.Asked(
        new ApplyLayer.Ask(planId, intent, close.quantity()),
        cause.with(planId, close.side()),
        view.policy().policy(),
        view.instrument(),
        view.state(),
        lookups.list());
  }

  private static Decision denied(
      TradeIntent intent,
      Cause cause,
      Finding denial,
      Policies.InForce policy,
      Lookups lookups,
      long nowMs) {
    Cause named =
        Bridge.namedSide(intent.getAction())
            .map(side -> cause.with(planId(intent, side), side))
            .orElse(cause);
    Basis basis = Basis.of(policy.policy(), lookups.list());
    return DecisionRecords.denied(Stage.BRIDGE, named, denial, basis, nowMs);
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
