package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The link of a remote exchange that does nothing by itself but what it is told to: it has a market
 * of its own, and what it did it remembers, whatever becomes of the executor.
 */
final class RemoteLink implements MarketLink {

  private final List<UnplannedFill> fills = new ArrayList<>();

  private final List<ExchangeIncome> incomes = new ArrayList<>();
  private final List<ExchangeIncome> restored = new ArrayList<>();
  private boolean searched = true;

  /** Lets cash be told. */
  void came(ExchangeIncome income) {
    incomes.add(income);
  }

  /** Lets trades be looked through, or not yet. */
  void searched(boolean value) {
    searched = value;
  }

  @Override
  public boolean search(String account, String symbol, long sinceMs) {
    return searched;
  }

  @Override
  public long adopted(String account, String symbol, long nowMs) {
    return nowMs - 7;
  }

  /** Lets a fill be told. */
  void happened(UnplannedFill fill) {
    fills.add(fill);
  }

  @Override
  public boolean takesMarks() {
    return false;
  }

  @Override
  public boolean rollsBack() {
    return false;
  }

  @Override
  public void see(Candle candle) {}

  @Override
  public void list(Instrument instrument) {}

  @Override
  public List<UnplannedFill> unplanned(String account, long nowMs) {
    List<UnplannedFill> told = List.copyOf(fills);
    fills.clear();
    return told;
  }

  @Override
  public List<ExchangeIncome> income(String account, long nowMs) {
    List<ExchangeIncome> told = List.copyOf(incomes);
    incomes.clear();
    return told;
  }

  @Override
  public void restoreIncome(String account, List<ExchangeIncome> told) {
    restored.addAll(told);
  }

  /** Returns the cash that was given back. */
  List<ExchangeIncome> restored() {
    return List.copyOf(restored);
  }

  @Override
  public void restore(Instrument instrument) {}

  @Override
  public void restore(String account, Optional<ExchangeAccount> last, List<ApplyResult> results) {}

  @Override
  public void forget(String account) {}

  @Override
  public void expireOrders(long beforeMs) {}
}
