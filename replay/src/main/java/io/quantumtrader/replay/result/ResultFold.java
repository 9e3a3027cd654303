package io.quantumtrader.replay.result;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Folds the records of a run into its results: plans, results, ledger, portfolio states and income,
 * each account's in the order of its topics. Other records are passed over. For one thread.
 */
public final class ResultFold implements Consumer<SpecificRecord> {

  private final TradeFold trades = new TradeFold();
  private final EquityFold equity = new EquityFold();
  private final SlippageFold slippage = new SlippageFold();

  /** Creates a fold of nothing yet. */
  public ResultFold() {}

  @Override
  public void accept(SpecificRecord record) {
    switch (record) {
      case ApplyPlan plan -> slippage.take(plan);
      case ApplyResult result -> {
        slippage.take(result);
        trades.take(result);
      }
      case PositionLedger row -> {
        trades.take(row);
        slippage.take(row);
      }
      case PortfolioState state -> equity.take(state);
      case ExchangeIncome income -> trades.take(income);
      default -> {
        // Nothing in the figures comes of it.
      }
    }
  }

  /**
   * Has the figures begin at the last step so far, for a run that only warmed up until then.
   *
   * @throws IllegalStateException where a position was opened before
   */
  public void beginHere() {
    if (trades.opened() > 0) {
      throw new IllegalStateException("something was traded while the run warmed up");
    }
    equity.beginHere();
  }

  /** Returns the results so far. */
  public Results results() {
    List<Trade> closed = List.copyOf(trades.trades());
    return new Results(
        trades.opened(),
        Figures.of(closed),
        by(closed, Trade::symbol),
        by(closed, Trade::regime),
        new TreeMap<>(trades.closes()),
        slippage.cost(),
        trades.funding(),
        equity.curve(),
        closed);
  }

  private static SortedMap<String, Figures> by(List<Trade> trades, Function<Trade, String> of) {
    SortedMap<String, List<Trade>> groups = new TreeMap<>();
    trades.forEach(
        trade -> groups.computeIfAbsent(of.apply(trade), any -> new ArrayList<>()).add(trade));
    SortedMap<String, Figures> figures = new TreeMap<>();
    groups.forEach((name, group) -> figures.put(name, Figures.of(group)));
    return figures;
  }
}
