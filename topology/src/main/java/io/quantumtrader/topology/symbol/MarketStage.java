package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
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
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.entry.Intake;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.market.CandleAcceptance;
import io.quantumtrader.topology.decision.market.CandleLimits;
import io.quantumtrader.topology.decision.market.MarketStates;
import io.quantumtrader.topology.decision.market.Progress;
import io.quantumtrader.topology.decision.market.Ruling;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.Revaluation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A candle comes: the market state after it, and the open positions in its symbol at the new price.
 * A snapshot and a state carry the time of their price, a decision the time of the candle's record.
 */
final class MarketStage implements Processor<String, Candle, String, Output> {

  private static final String POLICY = "default";

  /** What is known when a candle comes. */
  private record View(
      SymbolBooks.Mirror books,
      Map<Long, BigDecimal> minutes,
      List<OpenPosition> positions,
      Policies.InForce policy,
      List<Lookup> lookups) {}

  /** Everything that follows from it, decided before anything is written. */
  private record Outcome(
      Ruling ruling,
      Optional<MarketState> state,
      List<Revaluation> revaluations,
      List<Decision> decisions) {}

  private ProcessorContext<String, Output> context;
  private SymbolBooks books;
  private OpenPositions positions;
  private ReadOnlyKeyValueStore<String, Policy> policies;
  private KernelScratch scratch;

  @Override
  public void init(ProcessorContext<String, Output> processorContext) {
    context = processorContext;
    books = new SymbolBooks(processorContext);
    positions = new OpenPositions(processorContext);
    policies = processorContext.getStateStore(Names.POLICY_TABLE);
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
    return new View(
        known,
        books.minutes(symbol, CandleAcceptance.minutesNeeded(known.head(), record.value())),
        positions.in(symbol),
        Policies.inForce(policy, Optional.empty()),
        lookups.list());
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
    Progress after = ruling.head().after();
    return new Outcome(
        ruling,
        MarketStates.after(symbol, ruling, view.books().closes(), scratch),
        Revaluation.after(
            view.positions(),
            candle.getOpenTimeMs(),
            ruling.replaced(),
            ruling.taken(),
            new Mark(after.price(), after.priceAtMs())),
        decisions(record, view, ruling));
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
    books.write(symbol, outcome.ruling());
    outcome.revaluations().forEach(revaluation -> positions.put(revaluation.position()));
  }

  private void publish(Record<String, Candle> record, Outcome outcome) {
    outcome
        .state()
        .ifPresent(
            state ->
                context.forward(
                    new Record<>(record.key(), new Output.State(state), state.getAsOfMs())));
    for (Revaluation revaluation : outcome.revaluations()) {
      PositionSnapshot snapshot = revaluation.snapshot();
      context.forward(
          new Record<>(
              Accounts.key(snapshot.getAccount(), snapshot.getSymbol()),
              new Output.Valued(Optional.of(snapshot)),
              snapshot.getAsOfMs()));
    }
    for (Decision decision : outcome.decisions()) {
      context.forward(
          new Record<>(decision.getAccount(), new Output.Decided(decision), record.timestamp()));
    }
  }
}
