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

/**
 * What ties the exchange to what was committed about it. It has a market and a memory of its own;
 * what is given back serves to tell which of its trades were booked.
 *
 * <p>Fills are told once across restarts, for the results say which were booked. The fills of a
 * plan's own order are left to the plan's run, which reports them, unless the plan had ended before
 * the account was given back. Of cash, nothing says what was booked: after a restart what happened
 * up to five minutes before the account was last published is told again, under the same ids.
 */
final class BinanceLink implements MarketLink {

  private final Map<String, AccountDesk> desks;
  private final Listings listings;

  BinanceLink(Map<String, AccountDesk> desks, Listings listings) {
    this.desks = desks;
    this.listings = listings;
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
