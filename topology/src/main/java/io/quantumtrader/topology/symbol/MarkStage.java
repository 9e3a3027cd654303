package io.quantumtrader.topology.symbol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.PolicyTable;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Policies;
import io.quantumtrader.topology.decision.Stage;
import io.quantumtrader.topology.decision.kernel.KernelScratch;
import io.quantumtrader.topology.decision.market.CandleLimits;
import io.quantumtrader.topology.decision.market.MarkAcceptance;
import io.quantumtrader.topology.decision.market.MarketStates;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.Revaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A price between candles comes: the open positions in its symbol at that price, each with what is
 * proposed for it. Closes, true range and market state stay as the last candle left them.
 */
final class MarkStage implements Processor<String, Candle, String, Object> {

  /** What is known when a mark comes. */
  private record View(
      SymbolBooks.Mirror books,
      Optional<Mark> lastPrice,
      boolean standIn,
      PositionDesk.View desk,
      Policies.InForce policy,
      List<Lookup> lookups) {}

  /** Everything that follows from it, decided before anything is written. */
  private record Outcome(
      MarkAcceptance.Ruling ruling,
      List<PositionDesk.Valued> positions,
      List<Decision> decisions) {}

  private ProcessorContext<String, Object> context;
  private SymbolState state;
  private PositionDesk desk;
  private PolicyTable policies;
  private KernelScratch scratch;

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    state = SymbolState.in(processorContext);
    desk = new PositionDesk(processorContext);
    policies = new PolicyTable(processorContext);
    scratch = new KernelScratch();
  }

  @Override
  public void process(Record<String, Candle> record) {
    PriceKey.check(record);
    View view = view(record);
    Outcome outcome = Deciding.on(() -> decide(record, view));
    outcome
        .ruling()
        .price()
        .ifPresent(taken -> state.apply(new SymbolChange.MarkTaken(record.value())));
    desk.write(outcome.positions());
    desk.publish(outcome.positions(), Mark.Source.MARK);
    for (Decision decision : outcome.decisions()) {
      context.forward(
          new Record<>(decision.getAccount(), decision, record.timestamp()),
          Names.MARKET_DECISION_SINK);
    }
  }

  private View view(Record<String, Candle> record) {
    String symbol = record.key();
    SymbolBooks.Mirror known = state.book(symbol);
    Lookups lookups = new Lookups(record.timestamp());
    Policies.InForce policy = policies.byDefault(lookups);
    return new View(
        known,
        state.lastPrice(symbol, known.head().after()),
        isStandIn(record.headers()),
        desk.view(symbol),
        policy,
        lookups.list());
  }

  private static boolean isStandIn(Headers headers) {
    Header source = headers.lastHeader(MarketHeaders.MARK_SOURCE);
    return source != null
        && source.value() != null
        && new String(source.value(), UTF_8).equals(MarketHeaders.CANDLE);
  }

  private Outcome decide(Record<String, Candle> record, View view) {
    MarkAcceptance.Ruling ruling =
        MarkAcceptance.decide(
            view.books().head().after(),
            view.lastPrice(),
            record.value(),
            view.standIn(),
            record.timestamp(),
            CandleLimits.of(view.policy().policy()));
    PositionDesk.Outcome valued =
        ruling
            .price()
            .map(price -> valued(record.key(), view, price))
            .orElse(PositionDesk.Outcome.NONE);
    List<Decision> decisions = new ArrayList<>();
    ruling.finding().ifPresent(finding -> decisions.add(decision(record, view, finding)));
    decisions.addAll(
        PositionDesk.failures(valued, causeId(record), view.desk(), view.lookups(), record));
    return new Outcome(ruling, valued.positions(), decisions);
  }

  /** The kernel is asked only where somebody holds the symbol: marks come far more often. */
  private PositionDesk.Outcome valued(String symbol, View view, Mark price) {
    if (Revaluation.at(view.desk().positions(), price).isEmpty()) {
      return PositionDesk.Outcome.NONE;
    }
    return PositionDesk.decide(
        view.desk(),
        position -> Revaluation.at(List.of(position), price),
        MarketStates.now(symbol, view.books().head().after(), view.books().closes(), scratch));
  }

  /** Several marks may lie in one candle's time, so the price tells them apart. */
  private static String causeId(Record<String, Candle> record) {
    BigDecimal price = record.value().getClose();
    return record.key()
        + "@"
        + record.value().getOpenTimeMs()
        + "="
        + (RecordBounds.fits(price) ? price.stripTrailingZeros().toPlainString() : "out of bounds");
  }

  private static Decision decision(Record<String, Candle> record, View view, Finding finding) {
    Cause cause = Cause.of(Accounts.ALL, CauseType.CANDLE, causeId(record), 1).in(record.key());
    return DecisionRecords.recorded(
        Stage.MARKET_STATE,
        cause,
        finding.code(),
        finding.numbers(),
        Basis.of(view.policy().policy(), view.lookups()),
        record.timestamp());
  }
}
