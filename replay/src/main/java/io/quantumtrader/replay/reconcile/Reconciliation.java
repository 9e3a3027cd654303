package io.quantumtrader.replay.reconcile;

import io.quantumtrader.execution.paper.PaperPricing;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.reconcile.ModelFunding.Payment;
import io.quantumtrader.replay.result.EquityPoint;
import io.quantumtrader.replay.result.ResultFold;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts the paper exchange's fills beside those of a pipeline: the same orders with the same
 * quantities, at the marks of then. A pipeline that trades on the paper exchange with these costs
 * differs by nothing.
 */
public final class Reconciliation {

  private final TradedRecords records;
  private final PaperSettings settings;
  private final long fromMs;
  private final long toMs;
  private final KnownPlans plans;
  private final ModelFills fills;
  private final ModelFunding funding;

  /** Money that the pipeline has more than the model from a time on. */
  private record Gain(long atMs, BigDecimal amount) {}

  private Reconciliation(TradedRecords records, PaperSettings settings, long fromMs, long toMs) {
    this.records = records;
    this.settings = settings;
    this.fromMs = fromMs;
    this.toMs = toMs;
    PaperPricing pricing = new PaperPricing(settings);
    Marks marks = new Marks(records.marks(), pricing);
    this.plans = new KnownPlans(records);
    this.fills = new ModelFills(records, plans, marks, pricing);
    this.funding = new ModelFunding(records, marks, pricing);
  }

  /**
   * Compares.
   *
   * @param records what is known; plans, results and ledger also of before the time, as far as they
   *     are there
   * @param settings costs of the model; accounts, wallet and faults have no meaning here
   * @param fromMs begin of the time that is looked at, epoch milliseconds UTC: fills and incomes
   *     that were told, and plans that were made, then or later
   * @param toMs its end, then or earlier
   */
  public static ReconcileReport of(
      TradedRecords records, PaperSettings settings, long fromMs, long toMs) {
    return new Reconciliation(records, settings, fromMs, toMs).report();
  }

  private ReconcileReport report() {
    FilledOrder.of(records.results()).stream()
        .filter(order -> isWithin(order.firstMs()))
        .sorted(Comparator.comparingLong(FilledOrder::firstMs))
        .forEach(fills::take);
    List<ExchangeIncome> paid =
        records.incomes().stream()
            .filter(each -> each.getKind() == IncomeKind.FUNDING)
            .filter(each -> each.getExchangeAtMs() >= fromMs && each.getExchangeAtMs() < toMs)
            .toList();
    List<Payment> modelled = funding.between(fromMs, toMs);
    return new ReconcileReport(
        fromMs,
        toMs,
        settings,
        fills.compared(),
        unfilled(),
        fills.strays(),
        bySymbol(paid, modelled),
        FillFigures.of(
            fills.compared(),
            sum(paid.stream().map(ExchangeIncome::getAmount)),
            sum(modelled.stream().map(Payment::amount))),
        equity(paid, modelled),
        wallets());
  }

  private boolean isWithin(long atMs) {
    return atMs >= fromMs && atMs <= toMs;
  }

  private static BigDecimal sum(Stream<BigDecimal> amounts) {
    return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Moving a stop trades nothing, so it has no fill to miss. */
  private List<UnfilledPlan> unfilled() {
    List<UnfilledPlan> unfilled = new ArrayList<>();
    for (ApplyPlan plan : plans.all()) {
      if (isWithin(plan.getCreatedAtMs())
          && plan.getAction() != PlanAction.UPDATE_SL
          && !plans.isFilled(plan)) {
        unfilled.add(
            new UnfilledPlan(
                plan,
                plans.last(plan).map(ApplyResult::getOutcome),
                plans.last(plan).map(ApplyResult::getCode).orElse("")));
      }
    }
    unfilled.sort(Comparator.comparingLong(each -> each.plan().getCreatedAtMs()));
    return unfilled;
  }

  private SortedMap<String, FillFigures> bySymbol(
      List<ExchangeIncome> paid, List<Payment> modelled) {
    TreeSet<String> symbols = new TreeSet<>();
    fills.compared().forEach(each -> symbols.add(each.symbol()));
    paid.forEach(each -> symbols.add(each.getSymbol()));
    modelled.forEach(each -> symbols.add(each.symbol()));
    SortedMap<String, FillFigures> figures = new TreeMap<>();
    for (String symbol : symbols) {
      figures.put(
          symbol,
          FillFigures.of(
              fills.compared().stream().filter(each -> each.symbol().equals(symbol)).toList(),
              sum(
                  paid.stream()
                      .filter(each -> each.getSymbol().equals(symbol))
                      .map(ExchangeIncome::getAmount)),
              sum(
                  modelled.stream()
                      .filter(each -> each.symbol().equals(symbol))
                      .map(Payment::amount))));
    }
    return figures;
  }

  private EquityDifference equity(List<ExchangeIncome> paid, List<Payment> modelled) {
    ResultFold fold = new ResultFold();
    records.states().stream()
        .filter(state -> isWithin(state.getAsOfMs()))
        .sorted(Comparator.comparingLong(PortfolioState::getAsOfMs))
        .forEach(fold);
    List<Gain> gains = gains(paid, modelled);
    List<EquityDifference.Point> points = new ArrayList<>();
    BigDecimal difference = BigDecimal.ZERO;
    int next = 0;
    for (EquityPoint point : fold.results().curve().points()) {
      while (next < gains.size() && gains.get(next).atMs() <= point.atMs()) {
        difference = difference.add(gains.get(next++).amount());
      }
      points.add(
          new EquityDifference.Point(point.atMs(), point.equity(), difference.doubleValue()));
    }
    return new EquityDifference(points);
  }

  /** The model's funding counts when the pipeline's of that time was told, where it was. */
  private List<Gain> gains(List<ExchangeIncome> paid, List<Payment> modelled) {
    Map<String, Long> toldMs = new HashMap<>();
    List<Gain> gains = new ArrayList<>();
    fills.compared().forEach(each -> gains.add(new Gain(each.bookedAtMs(), each.cost().negate())));
    for (ExchangeIncome each : paid) {
      gains.add(new Gain(each.getAtMs(), each.getAmount()));
      toldMs.put(
          payment(each.getAccount(), each.getSymbol(), each.getExchangeAtMs()), each.getAtMs());
    }
    for (Payment each : modelled) {
      String of = payment(each.account(), each.symbol(), each.atMs());
      gains.add(new Gain(toldMs.getOrDefault(of, each.atMs()), each.amount().negate()));
    }
    gains.sort(Comparator.comparingLong(Gain::atMs));
    return gains;
  }

  /** Exchanges say a moment after the full hour at which it was due. */
  private static String payment(String account, String symbol, long atMs) {
    return account + ":" + symbol + ":" + Math.floorDiv(atMs, PaperPricing.FUNDING_PERIOD_MS);
  }

  private SortedMap<String, BigDecimal> wallets() {
    SortedMap<String, BigDecimal> wallets = new TreeMap<>();
    for (ExchangeAccount account : records.accounts()) {
      if (account.getAsOfMs() <= toMs && account.getWalletExpected() != null) {
        wallets.put(
            account.getAccount(), account.getWallet().subtract(account.getWalletExpected()));
      }
    }
    wallets.values().removeIf(each -> each.signum() == 0);
    return wallets;
  }
}
