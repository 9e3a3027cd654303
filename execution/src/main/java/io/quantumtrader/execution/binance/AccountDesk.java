package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.AnswerAge;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.StreamMeter;
import io.quantumtrader.binance.StreamNumbers;
import io.quantumtrader.execution.decision.Decimals;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** One account at the exchange: its orders, what protects it, and what happens to it. */
final class AccountDesk implements AutoCloseable {

  /** A change of a stop takes a second; one that is older is not under way any more. */
  private static final long CUT_SHORT_MS = 30_000;

  private final SignedRest rest;
  private final Listings listings;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final SessionRecorder recorder;
  private final TradeReader trades;
  private final Positions positions;
  private final MarketOrders orders;
  private final ConditionalOrders conditional;
  private final AccountReader accounts;
  private final StreamMeter meter = StreamMeter.system();
  private Optional<AccountTrades> followed = Optional.empty();
  private Optional<UserStream> stream = Optional.empty();
  private long accountAskedAtMs;

  AccountDesk(
      SignedRest rest,
      Listings listings,
      BinanceSettings settings,
      LongSupplier wallMs,
      Pause pause,
      SessionRecorder recorder) {
    this.rest = rest;
    this.listings = listings;
    this.settings = settings;
    this.wallMs = wallMs;
    this.recorder = recorder;
    this.trades = new TradeReader(rest);
    this.positions = new Positions(rest);
    this.orders = new MarketOrders(rest, trades, listings, positions, settings, wallMs, pause);
    this.conditional = new ConditionalOrders(rest, positions, settings);
    this.accounts = new AccountReader(rest, positions, conditional, settings, wallMs);
  }

  Acknowledgement setLeverage(String symbol, int leverage, long nowMs) {
    Reply reply =
        rest.send(
            Call.of("POST", "/fapi/v1/leverage", Urgency.ENTRY)
                .with("symbol", symbol)
                .with("leverage", leverage)
                .notAfter(nowMs + settings.sendsWithin().toMillis()));
    if (reply instanceof Success said && said.body().path("leverage").asInt(leverage) != leverage) {
      return new Acknowledgement.Refused(
          ReasonCode.LEVERAGE_OUT_OF_RANGE,
          Decimals.numbers("leverage", leverage, "set", said.body().path("leverage").asInt()),
          "the exchange set another leverage");
    }
    Acknowledgement answer = Replies.acknowledgement(reply, ReasonCode.LEVERAGE_OUT_OF_RANGE);
    if (answer instanceof Acknowledgement.Done) {
      accounts.leverage(symbol, leverage);
    }
    return answer;
  }

  /** Each weighs 10; conditional orders go, too. */
  Acknowledgement cancelUnlessTold(String symbol, Duration within) {
    return Replies.acknowledgement(
        rest.send(
            Call.of("POST", "/fapi/v1/countdownCancelAll", Urgency.EXIT)
                .with("symbol", symbol)
                .with("countdownTime", within.toMillis())),
        ReasonCode.EXCHANGE_REJECTED);
  }

  /**
   * Executes an order. Where orders that rest have taken up what it would close, what was left of
   * changes that were cut short goes first: a refused order was not executed and may be sent again.
   * An order of which trades are known is not sent again, whoever sent it: the exchange would take
   * its id a second time.
   */
  OrderOutcome execute(MarketOrder order) {
    String id = order.clientOrderId();
    boolean known = followed.map(each -> each.book().hasOrder(id)).orElse(false);
    return told(id, known ? orders.query(order.symbol(), id) : send(order));
  }

  private OrderOutcome send(MarketOrder order) {
    OrderOutcome outcome = orders.execute(order);
    boolean taken =
        outcome instanceof OrderOutcome.Rejected rejected
            && rejected.code() == ReasonCode.REDUCE_ONLY_TAKEN;
    boolean freed =
        taken
            && conditional.finish(rest.account(), order.symbol(), Long.MAX_VALUE)
                instanceof Acknowledgement.Done;
    return freed ? orders.execute(order) : outcome;
  }

  /** Notes which fills of a plan's order its run knows of: it reports them. */
  private OrderOutcome told(String clientOrderId, OrderOutcome outcome) {
    if (WireIds.isPlan(clientOrderId) && outcome instanceof OrderOutcome.Accepted accepted) {
      followed.ifPresent(known -> known.book().toldToRun(clientOrderId, accepted.fills()));
    }
    return outcome;
  }

  /**
   * Finishes changes of stops and targets that were cut short half a minute ago or earlier. Each
   * look at the account tells what rests for its positions, so that nothing is asked where nothing
   * was cut short.
   */
  Acknowledgement finishProtection(String symbol) {
    if (!conditional.isBridged(symbol)) {
      return new Acknowledgement.Done();
    }
    return conditional.finish(rest.account(), symbol, rest.exchangeMs() - CUT_SHORT_MS);
  }

  OrderOutcome query(String symbol, String clientOrderId) {
    return told(clientOrderId, orders.query(symbol, clientOrderId));
  }

  Acknowledgement protect(ProtectiveOrder order) {
    return conditional.protect(order);
  }

  Acknowledgement cancelProtection(String symbol) {
    return conditional.cancelAll(symbol);
  }

  /** Cancels what is ours in a symbol in which nothing is open. */
  Acknowledgement clearProtection(String symbol) {
    Optional<BigDecimal> open = positions.quantity(symbol);
    if (open.isEmpty()) {
      return new Acknowledgement.Unresolved(
          "the exchange does not say whether the position is gone");
    }
    return open.get().signum() != 0 ? new Acknowledgement.Done() : conditional.cancelAll(symbol);
  }

  /** Returns what rests; empty where the exchange does not answer. */
  Optional<List<ProtectiveOrder>> protection(String symbol) {
    return conditional
        .resting(symbol)
        .map(resting -> ConditionalOrders.protection(rest.account(), resting));
  }

  Optional<ExchangeAccount> account(long nowMs) {
    accountAskedAtMs = rest.exchangeMs();
    return accounts.read(
        nowMs,
        followed.map(AccountTrades::lastFillId).orElse(""),
        followed.map(AccountTrades::followedFromMs).orElse(0L));
  }

  /** Follows what happens to the account from where it was left. */
  void restore(Optional<ExchangeAccount> last, List<ApplyResult> results) {
    forget();
    UserFeed feed = new UserFeed(meter);
    AccountTrades begun =
        new AccountTrades(
            trades,
            new IncomeReader(rest),
            positions,
            listings,
            accounts,
            settings,
            wallMs,
            feed,
            rest);
    last.ifPresent(
        account ->
            account
                .getPositions()
                .forEach(each -> accounts.leverage(each.getSymbol(), each.getLeverage())));
    begun.restore(last, results);
    followed = Optional.of(begun);
    stream = Optional.of(new UserStream(rest, settings, wallMs, feed, recorder, meter));
  }

  void restoreIncome(List<ExchangeIncome> told) {
    followed.ifPresent(known -> known.restoreIncome(told));
  }

  void runs(Set<String> clientOrderIds) {
    followed.ifPresent(known -> known.book().runs(clientOrderIds));
  }

  boolean search(String symbol, long sinceMs) {
    return followed.map(known -> known.search(symbol, sinceMs)).orElse(true);
  }

  /** Returns when the account was asked for last: what was traded later is not contained in it. */
  long adopted(String symbol) {
    followed.ifPresent(known -> known.book().adopted(symbol, accountAskedAtMs));
    return accountAskedAtMs;
  }

  List<UnplannedFill> unplanned() {
    if (followed.isEmpty()) {
      return List.of();
    }
    AccountTrades known = followed.get();
    stream.ifPresent(UserStream::keepAlive);
    List<UnplannedFill> fills = known.unplanned(isStreaming());
    if (known.lostByStream()) {
      stream.ifPresent(UserStream::renew);
    }
    return fills;
  }

  List<ExchangeIncome> income(long nowMs) {
    return followed.map(known -> known.income(nowMs)).orElse(List.of());
  }

  /** Returns whether the user stream stands; what it does not tell is asked for meanwhile. */
  boolean isStreaming() {
    return stream.map(UserStream::isConnected).orElse(false);
  }

  StreamNumbers streamNumbers() {
    return meter.numbers();
  }

  AnswerAge answers() {
    return rest.answers();
  }

  /** Follows the account no longer. */
  void forget() {
    stream.ifPresent(UserStream::close);
    stream = Optional.empty();
    followed = Optional.empty();
  }

  void expireOrders(long beforeMs) {
    orders.tidy();
    followed.ifPresent(known -> known.forgetBefore(beforeMs));
  }

  @Override
  public void close() {
    forget();
    rest.close();
  }
}
