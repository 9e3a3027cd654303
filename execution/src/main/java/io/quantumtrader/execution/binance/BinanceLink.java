package io.quantumtrader.execution.binance;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What ties the exchange to what was committed about it. It has a market and a memory of its own;
 * what is given back serves to tell which of its trades were booked.
 *
 * <p>Fills and cash are told once across restarts, for the records say which were told. The fills
 * of a plan's own order are left to the plan's run for as long as it has one.
 */
final class BinanceLink implements MarketLink {

  private final Map<String, AccountDesk> desks;
  private final Listings listings;
  private final String walletAsset;

  BinanceLink(Map<String, AccountDesk> desks, Listings listings, String walletAsset) {
    this.desks = desks;
    this.listings = listings;
    this.walletAsset = walletAsset;
  }

  @Override
  public boolean takesMarks() {
    return false;
  }

  @Override
  public boolean rollsBack() {
    return false;
  }

  /** The exchange has prices of its own. */
  @Override
  public void see(Candle candle) {}

  /** The exchange lists by itself. */
  @Override
  public void list(Instrument instrument) {}

  @Override
  public List<UnplannedFill> unplanned(String account, long nowMs) {
    return desk(account).map(AccountDesk::unplanned).orElse(List.of());
  }

  @Override
  public List<ExchangeIncome> income(String account, long nowMs) {
    return desk(account).map(desk -> desk.income(nowMs)).orElse(List.of());
  }

  @Override
  public void runs(String account, Set<String> clientOrderIds) {
    desk(account).ifPresent(desk -> desk.runs(clientOrderIds));
  }

  @Override
  public boolean search(String account, String symbol, long sinceMs) {
    return desk(account).map(desk -> desk.search(symbol, sinceMs)).orElse(true);
  }

  @Override
  public long adopted(String account, String symbol, long nowMs) {
    return desk(account).map(desk -> desk.adopted(symbol)).orElse(nowMs);
  }

  @Override
  public String walletAsset() {
    return walletAsset;
  }

  @Override
  public void restoreIncome(String account, List<ExchangeIncome> told) {
    desk(account).ifPresent(desk -> desk.restoreIncome(told));
  }

  @Override
  public void restore(Instrument instrument) {
    listings.restore(instrument);
  }

  @Override
  public void restore(String account, Optional<ExchangeAccount> last, List<ApplyResult> results) {
    desk(account).ifPresent(desk -> desk.restore(last, results));
  }

  @Override
  public void forget(String account) {
    desk(account).ifPresent(AccountDesk::forget);
  }

  @Override
  public void expireOrders(long beforeMs) {
    desks.values().forEach(desk -> desk.expireOrders(beforeMs));
  }

  private Optional<AccountDesk> desk(String account) {
    return Optional.ofNullable(desks.get(account));
  }
}
