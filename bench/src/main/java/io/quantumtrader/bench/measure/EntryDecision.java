package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.PlanIds;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.Bridge;
import io.quantumtrader.topology.decision.entry.BridgePass;
import io.quantumtrader.topology.decision.entry.BridgeView;
import io.quantumtrader.topology.decision.entry.EntryGrant;
import io.quantumtrader.topology.decision.entry.EntryKillScore;
import io.quantumtrader.topology.decision.entry.Governor;
import io.quantumtrader.topology.decision.entry.GovernorView;
import io.quantumtrader.topology.decision.entry.IntentValidator;
import io.quantumtrader.topology.decision.entry.PortfolioGate;
import io.quantumtrader.topology.decision.entry.SizedEntry;
import io.quantumtrader.topology.decision.portfolio.Holdings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * An intent through all that decides about it, without Kafka, stores and bytes: intake, bridge,
 * governor, portfolio gate, and the records that come of it.
 */
final class EntryDecision {

  /** What comes of an intent. */
  record Outcome(Decision decision, Optional<EntryGrant> grant) {}

  private static final long NOW_MS = 1_763_553_600_000L;
  private static final String ACCOUNT = "main";
  private static final String ALLOWED = Sample.symbol(7);
  private static final int RESERVED = 5;

  private final Policy policy =
      Sample.policy(IntStream.range(0, 10).mapToObj(Sample::symbol).toList(), NOW_MS);
  private final TradeIntent intent;
  private final Optional<Instrument> instrument;
  private final Optional<MarketState> state;
  private final Optional<PortfolioState> portfolio =
      Optional.of(
          PortfolioState.newBuilder()
              .setAccount(ACCOUNT)
              .setAsOfMs(NOW_MS)
              .setWallet(Sample.decimal(10_000))
              .setUnrealizedPnl(Sample.decimal(0))
              .setEquity(Sample.decimal(10_000))
              .setEquityAsOfMs(NOW_MS)
              .setOpenPositions(0)
              .setReservations(RESERVED)
              .setMarginInUse(Sample.decimal(0))
              .setMarginReserved(Sample.decimal(500))
              .setGrossNotional(Sample.decimal(1000))
              .setRealizedPnl(Sample.decimal(0))
              .setFees(Sample.decimal(0))
              .build());
  private final List<OpenPlan> plans =
      IntStream.range(0, RESERVED).mapToObj(EntryDecision::reserved).toList();
  private final List<Lookup> lookups =
      List.of(
          looked(Topic.POLICY, "default"),
          looked(Topic.CONTROL, "*"),
          looked(Topic.INSTRUMENT, ALLOWED),
          looked(Topic.UNIVERSE, "top10"),
          looked(Topic.MARKET_STATE, ALLOWED));

  private EntryDecision(String symbol) {
    intent = Sample.intent("0a1b2c3d-intent", ACCOUNT, symbol, NOW_MS);
    instrument = Optional.of(Sample.instrument(symbol, NOW_MS));
    state = Optional.of(Sample.state(symbol, NOW_MS));
  }

  /** Returns an intent that is granted. */
  static EntryDecision granted() {
    return new EntryDecision(ALLOWED);
  }

  /** Returns an intent in a symbol that may not be opened. */
  static EntryDecision denied() {
    return new EntryDecision(Sample.symbol(70));
  }

  private static OpenPlan reserved(int number) {
    return OpenPlan.newBuilder()
        .setPlanId("plan-" + number)
        .setAccount(ACCOUNT)
        .setSymbol(Sample.symbol(number))
        .setAction(PlanAction.ENTRY)
        .setSide(OrderSide.BUY)
        .setQuantity(Sample.decimal(2))
        .setFilledQuantity(Sample.decimal(0))
        .setMargin(Sample.decimal(100))
        .setNotional(Sample.decimal(200))
        .setGrantedAtMs(NOW_MS)
        .build();
  }

  private static Lookup looked(Topic topic, String key) {
    return new Lookup(topic.topicName(), key, NOW_MS, 0L);
  }

  /** Decides about the intent. */
  Outcome decide() {
    Cause cause =
        Cause.of(ACCOUNT, CauseType.INTENT, intent.getIntentId(), 1).in(intent.getSymbol());
    Basis basis = Basis.of(policy, lookups);
    IntentValidator.Arrival arrival =
        new IntentValidator.Arrival(OptionalLong.empty(), OptionalLong.empty());
    if (IntentValidator.check(intent, arrival, policy, NOW_MS).isPresent()) {
      throw new IllegalStateException("the intake refused");
    }
    BridgeView view =
        new BridgeView(
            new Policies.InForce(policy, true),
            TradingState.ACTIVE,
            List.of(),
            instrument,
            Optional.empty(),
            state,
            Optional.empty(),
            Optional.empty(),
            false);
    return Bridge.rule(intent, view, NOW_MS)
        .fold(
            why ->
                new Outcome(
                    DecisionRecords.denied(Stage.BRIDGE, cause, why, basis, NOW_MS),
                    Optional.empty()),
            pass -> {
              if (pass instanceof BridgePass.Entry entry) {
                return enter(entry.side(), cause, basis);
              }
              throw new IllegalStateException("no entry: " + pass);
            });
  }

  private Outcome enter(OrderSide side, Cause cause, Basis basis) {
    MarketState now = state.orElseThrow();
    GovernorView view =
        new GovernorView(
            policy,
            instrument.orElseThrow(),
            now,
            EntryKillScore.of(now, policy),
            portfolio.map(PortfolioState::getEquity),
            List.of());
    String planId = PlanIds.ofIntent(ACCOUNT, intent.getIntentId(), intent.getSymbol(), side);
    return Governor.rule(intent, side, view, NOW_MS)
        .fold(
            EntryDecision::refused, sized -> grant(planId, sized, cause.with(planId, side), basis));
  }

  private Outcome grant(String planId, SizedEntry entry, Cause cause, Basis basis) {
    PortfolioGate.View view =
        new PortfolioGate.View(policy, portfolio, Holdings.of(List.of(), plans));
    return PortfolioGate.rule(entry, view, NOW_MS)
        .fold(EntryDecision::refused, taken -> granted(planId, entry, taken, cause, basis));
  }

  private Outcome granted(
      String planId, SizedEntry entry, Numbers taken, Cause cause, Basis basis) {
    EntryGrant grant = EntryGrant.of(planId, intent, entry, state.orElseThrow(), policy, NOW_MS);
    Decision decision =
        DecisionRecords.granted(
            Stage.PORTFOLIO_GATE,
            cause.of(entry.quantity()),
            ReasonCode.PERMIT_GRANTED,
            taken.and(entry.numbers()),
            basis,
            NOW_MS);
    return new Outcome(decision, Optional.of(grant));
  }

  private static Outcome refused(Finding why) {
    throw new IllegalStateException("denied: " + why);
  }
}
