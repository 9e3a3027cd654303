package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketHead;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.MarketKernel;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.market.CandleAcceptance;
import io.quantumtrader.topology.decision.market.CandleLimits;
import io.quantumtrader.topology.decision.market.CandleProgress;
import io.quantumtrader.topology.decision.market.MarkAcceptance;
import io.quantumtrader.topology.decision.market.MarketStates;
import io.quantumtrader.topology.decision.market.Progress;
import io.quantumtrader.topology.decision.market.Ruling;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.Revaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A candle comes: the market state after it, and the open positions in its symbol at the new price,
 * each with what is proposed for it. Snapshot, proposal and state carry the time of their price, a
 * decision the time of the candle's record.
 */
final class MarketStage implements Processor<String, Candle, String, Object> {

  /** What is known when a candle comes. */
  private record View(
      SymbolBooks.Mirror books,
      Map<Long, BigDecimal> minutes,
      Optional<Mark> lastMark,
      PositionDesk.View desk,
      Policies.InForce policy,
      List<Lookup> lookups) {}

  /** Everything that follows from it, decided before anything is written. */
  private record Outcome(
      Ruling ruling,
      MarketHead head,
      Optional<MarketState> state,
      Mark price,
      List<PositionDesk.Valued> positions,
      List<Decision> decisions) {

    /** Hands on what will be written; a position is looked at where it is valued, by itself. */
    void eachRecord(Consumer<SpecificRecord> check) {
      check.accept(head);
      state.ifPresent(check);
      decisions.forEach(check);
    }
  }

  private ProcessorContext<String, Object> context;
  private SymbolState state;
  private PositionDesk desk;
  private PolicyTable policies;
  private MarketKernel kernel;

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    state = SymbolState.in(processorContext);
    desk = new PositionDesk(processorContext);
    policies = new PolicyTable(processorContext);
    kernel = MarketKernel.in(processorContext.appConfigs());
  }

  @Override
  public void process(Record<String, Candle> record) {
    PriceKey.check(record);
    View view = view(record);
    Outcome outcome = Deciding.on(() -> decide(record, view), Outcome::eachRecord);
    write(record.key(), outcome);
    publish(record, outcome);
  }

  private View view(Record<String, Candle> record) {
    String symbol = record.key();
    SymbolBooks.Mirror known = state.book(symbol);
    Lookups lookups = new Lookups(record.timestamp());
    Policies.InForce policy = policies.byDefault(lookups);
    return new View(
        known,
        state.minutes(symbol, CandleAcceptance.minutesNeeded(known.head(), record.value())),
        state.lastMark(symbol),
        desk.view(symbol),
        policy,
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
    Optional<MarketState> state =
        MarketStates.after(symbol, ruling, view.books().closes(), kernel::compute);
    Mark price = price(view, ruling.head().after());
    PositionDesk.Outcome valued =
        PositionDesk.decide(
            view.desk(),
            position ->
                Revaluation.after(
                    List.of(position),
                    candle.getOpenTimeMs(),
                    ruling.replaced(),
                    ruling.taken(),
                    price),
            state);
    List<Decision> decisions = new ArrayList<>(decisions(record, view, ruling));
    decisions.addAll(
        PositionDesk.failures(valued, causeId(record), view.desk(), view.lookups(), record));
    return new Outcome(
        ruling,
        CandleProgress.record(symbol, ruling.head()),
        state,
        price,
        valued.positions(),
        decisions);
  }

  /**
   * A mark may be ahead of the candle: the value of a position does not go back to older prices.
   */
  private static Mark price(View view, Progress after) {
    return MarkAcceptance.lastPrice(after, view.lastMark())
        .orElseGet(() -> new Mark(after.price(), after.priceAtMs()));
  }

  private static List<Decision> decisions(Record<String, Candle> record, View view, Ruling ruling) {
    Cause cause =
        Cause.of(Accounts.ALL, CauseType.CANDLE, causeId(record), ruling.occurrence())
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

  private static String causeId(Record<String, Candle> record) {
    return record.key() + "@" + record.value().getOpenTimeMs();
  }

  private void write(String symbol, Outcome outcome) {
    state.apply(new SymbolChange.CandleRuled(symbol, outcome.ruling(), outcome.head()));
    desk.write(outcome.positions());
  }

  private void publish(Record<String, Candle> record, Outcome outcome) {
    if (outcome.state().isPresent()) {
      MarketState state = outcome.state().get();
      Record<String, Object> published = new Record<>(record.key(), state, state.getAsOfMs());
      context.forward(published, Names.MARKET_STATE_SINK);
      context.forward(published, Names.UNIVERSE_STATE_REPARTITION);
    }
    desk.publish(outcome.positions(), outcome.price().source());
    for (Decision decision : outcome.decisions()) {
      context.forward(
          new Record<>(decision.getAccount(), decision, record.timestamp()),
          Names.MARKET_DECISION_SINK);
    }
  }
}
