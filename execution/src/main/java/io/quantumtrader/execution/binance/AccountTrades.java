package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.time.ClockCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trades and the cash of one account: what the user stream tells, and by asking what it has not
 * told. It asks after each gap, and once in a while even without one, because a stream that loses
 * an event does not say so: the list of cash names every trade in every symbol, so that those of
 * symbols nobody thought of are found too. What is told twice is taken once. Of the executor's
 * thread.
 */
final class AccountTrades {

  private static final Logger LOG = LoggerFactory.getLogger(AccountTrades.class);

  /** Lists may lag behind what has happened by this much, milliseconds. */
  static final long OVERLAP_MS = Duration.ofMinutes(5).toMillis();

  /** A trade that was announced must be told within this time, milliseconds. */
  private static final long ANNOUNCED_MS = 3_000;

  /** A trade that is so old should have been told by the stream, milliseconds. */
  private static final long TOLD_MS = 10_000;

  /** The exchange's clock is known only as well as the way there is even, milliseconds. */
  private static final long AHEAD_MS = 1_000;

  private static final long MINUTE_MS = 60_000;
  private static final long LONG_HISTORY_MS = Duration.ofHours(23).toMillis();

  /** Without a stream everything is asked for so often, milliseconds. */
  private static final long UNSTREAMED_MS = 10_000;

  private static final long FIRST_PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final int KEPT = 1_000;

  private final SignedRest rest;
  private final TradeReader trades;
  private final IncomeReader incomes;
  private final Positions positions;
  private final Listings listings;
  private final AccountReader accounts;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final UserFeed feed;
  private final TradeBook book;
  private final CashBook cash;
  private final Map<String, Long> announced = new HashMap<>();
  private final Map<Long, String> conditionalOf = new LinkedHashMap<>();
  private final Set<String> symbols = new TreeSet<>();
  private boolean gap = true;
  private boolean lost;
  private long floorMs;
  private long cashFloorMs;
  private long sinceMs;
  private long syncedMs;
  private long askedMs;
  private long dueMs = Long.MIN_VALUE;
  private long pauseMs = FIRST_PAUSE_MS;

  AccountTrades(
      SignedRest rest,
      TradeReader trades,
      Positions positions,
      Listings listings,
      AccountReader accounts,
      BinanceSettings settings,
      LongSupplier wallMs,
      UserFeed feed) {
    this.rest = rest;
    this.trades = trades;
    this.incomes = new IncomeReader(rest);
    this.positions = positions;
    this.listings = listings;
    this.accounts = accounts;
    this.settings = settings;
    this.wallMs = wallMs;
    this.feed = feed;
    this.book = new TradeBook(rest.account());
    this.cash = new CashBook(rest.account(), settings.quoteAsset());
  }

  /**
   * Begins where it was left. Of the time that the results cover everything is asked again, since
   * they say what of it was booked; without results, of the time since the account was published;
   * of an account that is new, nothing before now.
   */
  void restore(Optional<ExchangeAccount> last, List<ApplyResult> results) {
    if (rest.offsetMs().isEmpty() && !(rest.measure() instanceof Success)) {
      LOG.warn("{}: the exchange's time is not known; this machine's counts", rest.account());
    }
    long nowMs = rest.exchangeMs();
    book.restore(results);
    results.forEach(result -> symbols.add(result.getSymbol()));
    last.ifPresent(
        account -> account.getPositions().forEach(each -> symbols.add(each.getSymbol())));
    long publishedMs = last.map(ExchangeAccount::getAsOfMs).orElse(nowMs);
    floorMs = since(last, results, nowMs);
    sinceMs = floorMs;
    cashFloorMs = last.isPresent() ? publishedMs - OVERLAP_MS : nowMs;
    syncedMs = publishedMs;
    gap = true;
  }

  private static long since(Optional<ExchangeAccount> last, List<ApplyResult> results, long nowMs) {
    OptionalLong oldestMs = results.stream().mapToLong(ApplyResult::getAtMs).min();
    if (oldestMs.isEmpty()) {
      return last.map(account -> account.getAsOfMs() - MINUTE_MS).orElse(nowMs);
    }
    // The results were cut off there: a trade next to the cut may belong to one beyond it.
    boolean cutOff = nowMs - oldestMs.getAsLong() >= LONG_HISTORY_MS;
    return oldestMs.getAsLong() + (cutOff ? MINUTE_MS : -ClockCheck.TOLERANCE_MS);
  }

  /**
   * Returns, once, the fills that no plan's run reports.
   *
   * @param streaming whether the user stream stands
   */
  List<UnplannedFill> unplanned(boolean streaming) {
    UserFeed.Told told = feed.drain();
    told.events().forEach(this::take);
    gap |= told.gap();
    long nowMs = wallMs.getAsLong();
    gap |= !streaming && nowMs - askedMs >= UNSTREAMED_MS;
    boolean missing = announced.values().stream().anyMatch(atMs -> nowMs - atMs >= ANNOUNCED_MS);
    // While the exchange does not answer, only the pause counts.
    boolean hurried = (gap || missing) && pauseMs == FIRST_PAUSE_MS;
    if (hurried || nowMs >= dueMs) {
      sync();
    }
    return book.report();
  }

  /** Returns, once, the cash that came or went. */
  List<ExchangeIncome> income(long nowMs) {
    return cash.report(nowMs);
  }

  private void take(UserEvent event) {
    switch (event) {
      case UserEvent.Traded traded -> check(traded);
      case UserEvent.Announced trade -> {
        String fillId = Trade.fillId(trade.symbol(), trade.tradeId());
        if (!book.has(fillId)) {
          announced.putIfAbsent(fillId, wallMs.getAsLong());
          symbols.add(trade.symbol());
        }
      }
      case UserEvent.Conditional order -> take(order);
      case UserEvent.LeverageSet set -> accounts.leverage(set.symbol(), set.leverage());
      case UserEvent.CashMoved moved -> dueMs = Math.min(dueMs, wallMs.getAsLong());
      case UserEvent.KeyExpired expired -> gap = true;
      case UserEvent.Unreadable unreadable -> gap = true;
      case UserEvent.Other other -> {}
    }
  }

  private void take(UserEvent.Conditional order) {
    if (order.actualOrderId() > 0 && WireIds.protective(order.clientAlgoId()).isPresent()) {
      conditionalOf.put(order.actualOrderId(), order.clientAlgoId());
      if (conditionalOf.size() > KEPT) {
        conditionalOf.remove(conditionalOf.keySet().iterator().next());
      }
    }
    if (order.status().equals("REJECTED")) {
      LOG.warn(
          "{}: {} in {} was rejected: {}",
          rest.account(),
          order.clientAlgoId(),
          order.symbol(),
          order.reason());
    }
  }

  /** Takes a trade; where a stop of ours may be behind it under another name, that is asked for. */
  private void check(UserEvent.Traded traded) {
    Trade trade = traded.trade();
    OrderFacts facts = traded.facts();
    boolean foreign = facts.origin().origin() == ResultOrigin.FOREIGN;
    if (!foreign || !facts.reduceOnly() || conditionalOf.containsKey(trade.orderId())) {
      take(trade, facts);
      return;
    }
    Optional<OrderFacts> asked = trades.facts(trade.symbol(), trade.orderId());
    if (asked.isEmpty()) {
      gap = true;
      symbols.add(trade.symbol());
      return;
    }
    take(trade, asked.get());
  }

  private void take(Trade trade, OrderFacts said) {
    announced.remove(trade.fillId());
    symbols.add(trade.symbol());
    String ours = conditionalOf.get(trade.orderId());
    boolean named = WireIds.protective(said.clientOrderId()).isPresent();
    OrderFacts facts =
        ours == null || named ? said : new OrderFacts(ours, true, said.byInsurance());
    String quote = listings.quoteAsset(trade.symbol());
    book.take(trade, facts, quote, accounts.leverage(trade.symbol()));
  }

  /** Asks for what has not been told; where there is no answer, it is asked for again. */
  private void sync() {
    askedMs = wallMs.getAsLong();
    long toMs = rest.exchangeMs();
    boolean complete = syncTo(toMs);
    pauseMs = complete ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    dueMs = wallMs.getAsLong() + (complete ? settings.syncEvery().toMillis() : pauseMs);
    if (complete) {
      gap = false;
      sinceMs = Math.max(sinceMs, toMs);
      syncedMs = Math.max(syncedMs, toMs);
      announced.clear();
    }
  }

  private boolean syncTo(long toMs) {
    Optional<List<Income>> rows =
        incomes.between(Math.max(cashFloorMs, syncedMs - OVERLAP_MS), toMs + AHEAD_MS);
    if (rows.isEmpty()) {
      return false;
    }
    rows.get().forEach(cash::take);
    Set<String> asked = new TreeSet<>();
    for (Income row : rows.get()) {
      row.fillId().filter(id -> !book.has(id)).ifPresent(id -> asked.add(row.symbol()));
    }
    announced.keySet().forEach(id -> asked.add(id.substring(0, id.indexOf(':'))));
    if (gap) {
      Optional<Set<String>> open = openSymbols();
      if (open.isEmpty()) {
        return false;
      }
      asked.addAll(open.get());
      asked.addAll(symbols);
    }
    boolean wasGap = gap;
    for (String symbol : asked) {
      Optional<Integer> found = ask(symbol, toMs);
      if (found.isEmpty()) {
        return false;
      }
      lost |= !wasGap && found.get() > 0;
    }
    return true;
  }

  private Optional<Set<String>> openSymbols() {
    return positions
        .open()
        .map(
            rows -> {
              Set<String> open = new HashSet<>();
              rows.forEach(row -> open.add(row.path("symbol").asText("")));
              return open;
            });
  }

  /** Returns how many trades are new and not recent, or empty where the exchange did not answer. */
  private Optional<Integer> ask(String symbol, long toMs) {
    long fromMs = Math.min(toMs, Math.max(floorMs, sinceMs - OVERLAP_MS));
    Optional<List<Trade>> found = trades.between(symbol, fromMs, toMs + AHEAD_MS);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    int late = 0;
    for (Trade trade : found.get()) {
      if (book.has(trade.fillId())) {
        continue;
      }
      Optional<OrderFacts> facts = trades.facts(symbol, trade.orderId());
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      take(trade, facts.get());
      late += toMs - trade.atMs() >= TOLD_MS ? 1 : 0;
    }
    return Optional.of(late);
  }

  /** Returns, once, whether asking found trades that the stream should have told. */
  boolean lostByStream() {
    boolean was = lost;
    lost = false;
    return was;
  }

  String lastFillId() {
    return book.lastFillId();
  }

  /** Forgets what can never be told again. */
  void forgetBefore(long beforeMs) {
    long kept = Math.min(beforeMs, Math.min(sinceMs, syncedMs) - 2 * OVERLAP_MS);
    book.forgetBefore(kept);
    cash.forgetBefore(kept);
  }
}
