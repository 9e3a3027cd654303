package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.snapshot.ExchangeViews;
import io.quantumtrader.topology.decision.snapshot.Mark;
import io.quantumtrader.topology.decision.snapshot.PositionRows;
import io.quantumtrader.topology.decision.snapshot.PositionValue;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A ledger row comes: the position is kept with its symbol and valued at once, if a price is known;
 * a flat one takes its snapshot and its proposal away. A row is no new price, so nothing is
 * proposed on it.
 */
final class PositionStage implements Processor<String, PositionLedger, String, Object> {

  /** What follows from a row; no position: the row is older than what is known. */
  private record Outcome(Optional<OpenPosition> position, Optional<PositionSnapshot> snapshot) {}

  private ProcessorContext<String, Object> context;
  private SymbolState state;

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    state = SymbolState.in(processorContext);
  }

  @Override
  public void process(Record<String, PositionLedger> record) {
    PositionLedger row = record.value();
    if (row == null) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_MISSING, "key " + record.key() + " has no value");
    }
    Optional<OpenPosition> known = state.position(row);
    Optional<Mark> mark = lastPrice(row.getSymbol());
    Optional<ExchangeView> view = state.exchangeView(row.getSymbol(), row.getAccount());
    Outcome outcome = Deciding.on(() -> decide(known, row, mark, view));
    if (outcome.position().isEmpty()) {
      return;
    }
    boolean wasOpen = known.filter(PositionRows::isOpen).isPresent();
    boolean isOpen = PositionRows.isOpen(outcome.position().get());
    state.apply(new SymbolChange.PositionChanged(outcome.position().get()));
    String key = Accounts.key(row.getAccount(), row.getSymbol());
    if (outcome.snapshot().isPresent()) {
      long asOfMs = outcome.snapshot().get().getAsOfMs();
      Mark.Source source = mark.map(Mark::source).orElse(Mark.Source.CANDLE);
      context.forward(
          new Record<>(key, outcome.snapshot().get(), asOfMs, PositionDesk.headers(source)),
          Names.POSITION_SNAPSHOT_SINK);
    } else if (wasOpen && !isOpen) {
      Record<String, Object> gone = new Record<>(key, null, row.getUpdatedAtMs());
      context.forward(gone, Names.POSITION_SNAPSHOT_SINK);
      context.forward(gone, Names.HARVEST_PROPOSAL_SINK);
    }
  }

  private static Outcome decide(
      Optional<OpenPosition> known,
      PositionLedger row,
      Optional<Mark> mark,
      Optional<ExchangeView> view) {
    Optional<OpenPosition> position = PositionRows.after(known, row, mark);
    return new Outcome(
        position,
        position
            .filter(PositionRows::isOpen)
            .flatMap(open -> mark.map(price -> PositionValue.at(price, open)))
            .map(snapshot -> ExchangeViews.beside(snapshot, view)));
  }

  private Optional<Mark> lastPrice(String symbol) {
    return state.lastPrice(symbol, state.book(symbol).head().after());
  }
}
