package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.Intake;
import io.quantumtrader.topology.decision.harvest.Harvest;
import io.quantumtrader.topology.decision.harvest.HarvestView;
import io.quantumtrader.topology.decision.harvest.Harvested;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.market.CandleAcceptance;
import io.quantumtrader.topology.decision.market.CandleLimits;
import io.quantumtrader.topology.decision.market.Heads;
import io.quantumtrader.topology.decision.market.MarketStates;
import io.quantumtrader.topology.decision.market.Progress;
import io.quantumtrader.topology.decision.market.Ruling;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.Revaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A candle comes: the market state after it, and the open positions in its symbol at the new price,
 * each with what is proposed for it. Snapshot, proposal and state carry the time of their price, a
 * decision the time of the candle's record.
 */
final class MarketStage implements Processor<String, Candle, String, Output> {

  private static final String POLICY = "default";

  /** What is known when a candle comes. */
  private record View(
      SymbolBooks.Mirror books,
      Map<Long, BigDecimal> minutes,
      List<OpenPosition> positions,
      Optional<BigDecimal> tick,
      Policies.InForce policy,
      Map<String, Policy> accountPolicies,
      List<Lookup> lookups) {}

  /** Everything that follows from it, decided before anything is written. */
  private record Outcome(
      Ruling ruling,
      MarketHead head,
      Optional<MarketState> state,
      List<Valued> positions,
      List<Decision> decisions) {}

  /** A position after the candle, its value, and what is proposed for it. */
  private record Valued(PositionSnapshot snapshot, Harvested harvested) {}

  private ProcessorContext<String, Output> context;
  private SymbolBooks books;
  private OpenPositions positions;
  private ReadOnlyKeyValueStore<String, Policy> policies;
  private ReadOnlyKeyValueStore<String, Instrument> instruments;
  private KernelScratch scratch;

  @Override
  public void init(ProcessorContext<String, Output> processorContext) {
    context = processorContext;
    books = new SymbolBooks(processorContext);
    positions = new OpenPositions(processorContext);
    policies = processorContext.getStateStore(Names.POLICY_TABLE);
    instruments = processorContext.getStateStore(Names.INSTRUMENT_TABLE);
    scratch = new KernelScratch();
  }

  @Override
  public void process(Record<String, Candle> record) {
    checkKey(record);
    View view = view(record);
    Outcome outcome = Deciding.on(() -> decide(record, view));
    write(record.key(), outcome);
    publish(record, outcome);
  }

  private static void checkKey(Record<String, Candle> record) {
    if (record.value() == null) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_MISSING, "key " + record.key() + " has no value");
    }
    String symbol = record.value().getSymbol();
    if (!symbol.equals(record.key())) {
      throw new DecisionFailedException(
          ReasonCode.KEY_VALUE_MISMATCH,
          "key " + record.key() + ", but the value is about " + symbol);
    }
    if (!Intake.isSymbol(symbol)) {
      throw new DecisionFailedException(
          ReasonCode.SYMBOL_INVALID, symbol + " is not the name of an instrument");
    }
  }

  private View view(Record<String, Candle> record) {
    String symbol = record.key();
    SymbolBooks.Mirror known = books.of(symbol);
    Lookups lookups = new Lookups(record.timestamp());
    Optional<Policy> policy =
        lookups.note(
            Topic.POLICY.topicName(),
            POLICY,
            Optional.ofNullable(policies.get(POLICY)),
            Policy::getCreatedAtMs);
    List<OpenPosition> held = positions.in(symbol);
    return new View(
        known,
        books.minutes(symbol, CandleAcceptance.minutesNeeded(known.head(), record.value())),
        held,
        Optional.ofNullable(instruments.get(symbol))
            .map(Instrument::getTickSize)
            .filter(Decimals::isPositive),
        Policies.inForce(policy, Optional.empty()),
        accountPolicies(held, policy),
        lookups.list());
  }

  /** Positions are held under the policy of their account, candles under the default. */
  private Map<String, Policy> accountPolicies(List<OpenPosition> held, Optional<Policy> byDefault) {
    Map<String, Policy> found = new HashMap<>();
    for (OpenPosition position : held) {
      String account = position.getLedger().getAccount();
      Optional<Policy> own = Optional.ofNullable(policies.get(account));
      found.put(account, Policies.inForce(own, byDefault).policy());
    }
    return found;
  }

  private Outcome decide(Record<String, Candle> record, View view) {
    String symbol = record.key();
    Candle candle = record.value();
    Ruling ruling =
        CandleAcceptance.decide(
            view.books().head(),
            candle,
            record.timestamp(),
            CandleLimits.of(view.policy().policy()),
            view.minutes()::get);
    Optional<MarketState> state =
        MarketStates.after(symbol, ruling, view.books().closes(), scratch);
    List<Decision> decisions = new ArrayList<>(decisions(record, view, ruling));
    List<Valued> valued = new ArrayList<>();
    for (OpenPosition position : view.positions()) {
      try {
        valued.addAll(Deciding.on(() -> valued(position, candle, view, ruling, state)));
      } catch (DecisionFailedException failed) {
        // A position that cannot be valued keeps nobody else's from it, nor the symbol from a
        // state.
        decisions.add(notValued(position, record, view, failed));
      }
    }
    return new Outcome(ruling, Heads.record(symbol, ruling.head()), state, valued, decisions);
  }

  private static List<Valued> valued(
      OpenPosition position, Candle candle, View view, Ruling ruling, Optional<MarketState> state) {
    Progress after = ruling.head().after();
    return Revaluation.after(
            List.of(position),
            candle.getOpenTimeMs(),
            ruling.replaced(),
            ruling.taken(),
            new Mark(after.price(), after.priceAtMs()))
        .stream()
        .map(
            revaluation ->
                new Valued(
                    revaluation.snapshot(), Harvest.after(harvestView(revaluation, view, state))))
        .toList();
  }

  private static Decision notValued(
      OpenPosition position,
      Record<String, Candle> record,
      View view,
      DecisionFailedException failed) {
    String account = position.getLedger().getAccount();
    String causeId = record.key() + "@" + record.value().getOpenTimeMs();
    return DecisionRecords.recorded(
        Stage.MARKET_STATE,
        Cause.of(account, CauseType.CANDLE, causeId, 1).in(record.key()),
        failed.code(),
        Numbers.none().and("error", String.valueOf(failed.getMessage())),
        Basis.of(view.accountPolicies().get(account), view.lookups()),
        record.timestamp());
  }

  private static HarvestView harvestView(
      Revaluation revaluation, View view, Optional<MarketState> state) {
    return new HarvestView(
        revaluation.position(),
        revaluation.snapshot(),
        state,
        view.accountPolicies().get(revaluation.snapshot().getAccount()),
        view.tick());
  }

  private static List<Decision> decisions(Record<String, Candle> record, View view, Ruling ruling) {
    Cause cause =
        Cause.of(
                Accounts.ALL,
                CauseType.CANDLE,
                record.key() + "@" + record.value().getOpenTimeMs(),
                ruling.occurrence())
            .in(record.key());
    Basis basis = Basis.of(view.policy().policy(), view.lookups());
    return ruling.findings().stream()
        .map(
            finding ->
                DecisionRecords.recorded(
                    Stage.MARKET_STATE,
                    cause,
                    finding.code(),
                    finding.numbers(),
                    basis,
                    record.timestamp()))
        .toList();
  }

  private void write(String symbol, Outcome outcome) {
    books.write(symbol, outcome.ruling(), outcome.head());
    outcome.positions().forEach(valued -> positions.put(valued.harvested().position()));
  }

  private void publish(Record<String, Candle> record, Outcome outcome) {
    outcome
        .state()
        .ifPresent(
            state ->
                context.forward(
                    new Record<>(record.key(), new Output.State(state), state.getAsOfMs())));
    outcome.positions().forEach(this::publish);
    for (Decision decision : outcome.decisions()) {
      context.forward(
          new Record<>(decision.getAccount(), new Output.Decided(decision), record.timestamp()));
    }
  }

  /** The snapshot goes first: who acts on the proposal finds its value there. */
  private void publish(Valued valued) {
    PositionSnapshot snapshot = valued.snapshot();
    String key = Accounts.key(snapshot.getAccount(), snapshot.getSymbol());
    context.forward(
        new Record<>(key, new Output.Valued(Optional.of(snapshot)), snapshot.getAsOfMs()));
    Optional<HarvestProposal> proposal = valued.harvested().proposal();
    if (proposal.isPresent()) {
      context.forward(new Record<>(key, new Output.Proposed(proposal), snapshot.getAsOfMs()));
    }
  }
}
