package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.AnswerAge;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Binance USD-M futures, for several accounts, each with its own key. In one-way mode only.
 *
 * <p>The exchange takes an order id a second time once the first order has ended: an id alone does
 * not keep an order from being executed twice. Therefore an order is sent only within {@link
 * BinanceSettings#sendsWithin} of its decision, and {@link #receiveWindowMs} covers that time and
 * the exchange's own window: whoever waits it out and then asks knows.
 */
public final class BinanceExchange implements Exchange, AutoCloseable {

  /** The exchange believes a time that lies so far ahead of its own. */
  private static final long AHEAD_MS = 1_000;

  private final BinanceSettings settings;
  private final Map<String, AccountDesk> desks = new LinkedHashMap<>();
  private final Listings listings;
  private final MarketLink link;

  /**
   * Makes it; nothing is asked yet.
   *
   * @param keys one for each account, at least one
   * @param wallMs wall time, epoch milliseconds UTC
   * @param budget what may be asked; shared by all that ask from this address
   */
  public BinanceExchange(
      BinanceSettings settings,
      List<ApiKey> keys,
      LongSupplier wallMs,
      RateBudget budget,
      SessionRecorder recorder) {
    this(settings, keys, wallMs, budget, recorder, Pause.SLEEP);
  }

  /**
   * Makes it with a way to wait of its own; nothing is asked yet.
   *
   * @param pause waits between two looks at an order, and for the turn of an exit
   */
  public BinanceExchange(
      BinanceSettings settings,
      List<ApiKey> keys,
      LongSupplier wallMs,
      RateBudget budget,
      SessionRecorder recorder,
      Pause pause) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no account has a key");
    }
    this.settings = settings;
    Listings shared = null;
    for (ApiKey key : keys) {
      SignedRest rest =
          new SignedRest(
              settings.environment(), key, settings.rest(), wallMs, budget, recorder, pause);
      shared = shared == null ? new Listings(rest, settings, wallMs) : shared;
      AccountDesk desk = new AccountDesk(rest, shared, settings, wallMs, pause, recorder);
      if (desks.put(key.account(), desk) != null) {
        throw new IllegalArgumentException("two keys for " + key.account());
      }
    }
    this.listings = shared;
    this.link = new BinanceLink(desks, shared, settings.quoteAsset());
  }

  @Override
  public MarketLink marketLink() {
    return link;
  }

  @Override
  public long receiveWindowMs() {
    return settings.sendsWithin().toMillis() + settings.rest().receiveWindowMs() + AHEAD_MS;
  }

  @Override
  public List<String> accounts() {
    return List.copyOf(desks.keySet());
  }

  /** Returns whether an account's user stream stands; without it what happens is learnt later. */
  public boolean isStreaming(String account) {
    AccountDesk desk = desks.get(account);
    return desk != null && desk.isStreaming();
  }

  /** Returns what an account's user stream has done; any thread may ask. */
  public StreamNumbers streamNumbers(String account) {
    AccountDesk desk = desks.get(account);
    return desk == null ? StreamNumbers.NONE : desk.streamNumbers();
  }

  /**
   * Returns how long ago the exchange last answered for an account; any thread may ask.
   *
   * @param account one of {@link #accounts()}
   */
  public AnswerAge answers(String account) {
    return desks.get(account).answers();
  }

  @Override
  public Acknowledgement setLeverage(String account, String symbol, int leverage, long nowMs) {
    AccountDesk desk = desks.get(account);
    return desk == null ? noSuch(account) : desk.setLeverage(symbol, leverage, nowMs);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of an order that rests or was just sent this is the exchange's word (-4116). Of one that has
   * ended it is not: {@link #query} first.
   */
  @Override
  public OrderOutcome execute(MarketOrder order) {
    AccountDesk desk = desks.get(order.account());
    return desk == null
        ? new OrderOutcome.Rejected(
            ReasonCode.EXCHANGE_REJECTED, List.of(), "no such account: " + order.account())
        : desk.execute(order);
  }

  @Override
  public OrderOutcome query(String account, String symbol, String clientOrderId, long nowMs) {
    AccountDesk desk = desks.get(account);
    return desk == null ? new OrderOutcome.Unknown() : desk.query(symbol, clientOrderId);
  }

  @Override
  public Acknowledgement protect(ProtectiveOrder order) {
    AccountDesk desk = desks.get(order.account());
    return desk == null ? noSuch(order.account()) : desk.protect(order);
  }

  @Override
  public Acknowledgement cancelProtection(String account, String symbol, long nowMs) {
    AccountDesk desk = desks.get(account);
    return desk == null ? new Acknowledgement.Done() : desk.cancelProtection(symbol);
  }

  @Override
  public Acknowledgement clearProtection(String account, String symbol, long nowMs) {
    AccountDesk desk = desks.get(account);
    return desk == null ? new Acknowledgement.Done() : desk.clearProtection(symbol);
  }

  @Override
  public Acknowledgement finishProtection(String account, String symbol) {
    AccountDesk desk = desks.get(account);
    return desk == null ? noSuch(account) : desk.finishProtection(symbol);
  }

  @Override
  public Acknowledgement cancelUnlessTold(String account, String symbol, Duration within) {
    AccountDesk desk = desks.get(account);
    return desk == null ? noSuch(account) : desk.cancelUnlessTold(symbol, within);
  }

  @Override
  public Optional<List<ProtectiveOrder>> protection(String account, String symbol) {
    AccountDesk desk = desks.get(account);
    return desk == null ? Optional.of(List.of()) : desk.protection(symbol);
  }

  @Override
  public Optional<ExchangeAccount> account(String account, long nowMs) {
    return Optional.ofNullable(desks.get(account)).flatMap(desk -> desk.account(nowMs));
  }

  @Override
  public List<Instrument> instruments(long nowMs) {
    return listings.all(nowMs);
  }

  @Override
  public Optional<Instrument> instrument(String symbol) {
    return listings.of(symbol);
  }

  private static Acknowledgement noSuch(String account) {
    return new Acknowledgement.Refused(
        ReasonCode.EXCHANGE_REJECTED, List.of(), "no such account: " + account);
  }

  /** Ends what is on its way and follows no account any longer; orders stay as they are. */
  @Override
  public void close() {
    desks.values().forEach(AccountDesk::close);
  }
}
