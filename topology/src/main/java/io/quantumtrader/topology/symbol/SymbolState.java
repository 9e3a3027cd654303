package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.market.MinuteRange;
import io.quantumtrader.topology.decision.market.Progress;
import io.quantumtrader.topology.decision.snapshot.Mark;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The state of the symbols of one task: what the stages decide on, and the one place where it
 * changes. Like the account's, it is a store without a changelog, so that Streams gives each task
 * exactly one for all its stages; what lasts lies in the stores behind it.
 */
final class SymbolState implements StateStore {

  private boolean open;
  private boolean loaded;
  private SymbolBooks books;
  private MarkBook marks;
  private OpenPositions positions;
  private ExchangeViewBook exchangeViews;

  /**
   * Returns the state of the task that the context is of.
   *
   * @param context of a processor that is connected to {@link SymbolStores#NAMES}
   */
  static SymbolState in(ProcessingContext context) {
    SymbolState state = context.getStateStore(Names.SYMBOL_STATE);
    state.load(context);
    return state;
  }

  /** The first stage that is initialised loads it: only then the stores behind it are restored. */
  private void load(ProcessingContext context) {
    if (!loaded) {
      books = new SymbolBooks(context);
      marks = new MarkBook(context);
      positions = new OpenPositions(context);
      exchangeViews = new ExchangeViewBook(context);
      loaded = true;
    }
  }

  /** Returns a symbol's head and ring of closes. */
  SymbolBooks.Mirror book(String symbol) {
    return books.of(symbol);
  }

  /** Returns the notional of each of the minutes; zero where nothing was traded. */
  Map<Long, BigDecimal> minutes(String symbol, MinuteRange range) {
    return books.minutes(symbol, range);
  }

  /** Returns the last mark that was taken of a symbol. */
  Optional<Mark> lastMark(String symbol) {
    return marks.last(symbol);
  }

  /** Returns the last price known of a symbol whose candles are this far. */
  Optional<Mark> lastPrice(String symbol, Progress progress) {
    return marks.lastPrice(symbol, progress);
  }

  /** Returns the positions in a symbol, of every account, open and flat. */
  List<OpenPosition> positions(String symbol) {
    return positions.in(symbol);
  }

  /** Returns what is known of the position that a ledger row is about. */
  Optional<OpenPosition> position(PositionLedger row) {
    return positions.of(row);
  }

  /** Returns what the exchange says of an account's position in a symbol, if it has spoken. */
  Optional<ExchangeView> exchangeView(String symbol, String account) {
    return exchangeViews.of(symbol, account);
  }

  /** Makes a change. */
  void apply(SymbolChange change) {
    switch (change) {
      case SymbolChange.CandleRuled candle ->
          books.write(candle.symbol(), candle.ruling(), candle.head());
      case SymbolChange.MarkTaken taken -> marks.put(taken.mark());
      case SymbolChange.PositionChanged changed -> positions.put(changed.position());
      case SymbolChange.ExchangeSpoke spoke -> exchangeViews.put(spoke.view());
    }
  }

  @Override
  public String name() {
    return Names.SYMBOL_STATE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
    loaded = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
