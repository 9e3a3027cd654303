package io.quantumtrader.replay.reconcile;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records that a reconciliation goes by, those of each account and symbol in the order of their
 * topics. Records of other types are passed over.
 *
 * @param plans plans, also of before the time that is looked at
 * @param results results, also of before
 * @param marks marks
 * @param instruments what the exchange accepted, in each version that is known
 * @param rows rows of the ledger
 * @param states states of the portfolios
 * @param accounts accounts as the exchange had them
 * @param incomes cash apart from trades
 */
public record TradedRecords(
    List<ApplyPlan> plans,
    List<ApplyResult> results,
    List<Candle> marks,
    List<Instrument> instruments,
    List<PositionLedger> rows,
    List<PortfolioState> states,
    List<ExchangeAccount> accounts,
    List<ExchangeIncome> incomes)
    implements Consumer<SpecificRecord> {

  /** The topics that they lie on, apart from the marks, which are wanted of few symbols alone. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.INSTRUMENT,
          Topic.POSITION_LEDGER,
          Topic.PORTFOLIO_STATE,
          Topic.EXCHANGE_ACCOUNT,
          Topic.EXCHANGE_INCOME);

  /** Creates it without any; {@link #accept} takes them. */
  public TradedRecords() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  @Override
  public void accept(SpecificRecord record) {
    switch (record) {
      case ApplyPlan plan -> plans.add(plan);
      case ApplyResult result -> results.add(result);
      case Candle mark -> marks.add(mark);
      case Instrument instrument -> instruments.add(instrument);
      case PositionLedger row -> rows.add(row);
      case PortfolioState state -> states.add(state);
      case ExchangeAccount account -> accounts.add(account);
      case ExchangeIncome income -> incomes.add(income);
      default -> {
        // Nothing is compared with it.
      }
    }
  }

  /** Returns the symbols in which something was filled, or is open: those whose marks matter. */
  public Set<String> symbols() {
    Set<String> symbols = new HashSet<>();
    results.stream()
        .filter(result -> result.getFill() != null)
        .forEach(result -> symbols.add(result.getSymbol()));
    rows.stream()
        .filter(row -> row.getQuantity().signum() > 0)
        .forEach(row -> symbols.add(row.getSymbol()));
    return symbols;
  }
}
