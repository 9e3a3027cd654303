package io.quantumtrader.execution.binance;

import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.time.ClockCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
  static final long AHEAD_MS = 1_000;

  private static final long MINUTE_MS = 60_000;

  /**
   * Of the trades of so long before the account was published the results say which were booked,
   * milliseconds: a day's, less what the clocks may differ by.
   */
  private static final long KNOWN_MS = Duration.ofHours(23).toMillis();

  /** A symbol in which nothing happened for so long is not asked for after a gap, milliseconds. */
  private static final long MENTIONED_MS = Duration.ofHours(24).toMillis();

  /** Without a stream everything is asked for so often, milliseconds. */
  private static final long UNSTREAMED_MS = 10_000;

  private static final long FIRST_PAUSE_MS = 1_000;
  private static final long LONGEST_PAUSE_MS = 30_000;

  private final SignedRest rest;
  private final TradeReader trades;
  private final Positions positions;
  private final Listings listings;
  private final AccountReader accounts;
  private final BinanceSettings settings;
  private final LongSupplier wallMs;
  private final UserFeed feed;
  private final TradeBook book;
  private final AccountCash cash;
  private final TradeSearches searches = new TradeSearches();
  private final Map<String, Long> announced = new HashMap<>();
  private final TriggeredOrders conditional;
  private final Map<String, Long> symbols = new TreeMap<>();
  private final Set<String> owed = new TreeSet<>();
  private final DoubtedSymbols doubted;
  private final Map<String, Long> resumesAtMs = new HashMap<>();
  private boolean gap = true;
  private boolean lost;
  private long followedFromMs;
  private long floorMs;
  private long sinceMs;
  private long askedMs;
  private long dueMs = Long.MIN_VALUE;
  private long pauseMs = FIRST_PAUSE_MS;

  AccountTrades(
      TradeReader trades,
      IncomeReader incomes,
      Positions positions,
      Listings listings,
      AccountReader accounts,
      BinanceSettings settings,
      LongSupplier wallMs,
      UserFeed feed,
      SignedRest rest) {
    this.rest = rest;
    this.trades = trades;
    this.positions = positions;
    this.listings = listings;
    this.accounts = accounts;
    this.settings = settings;
    this.wallMs = wallMs;
    this.feed = feed;
    this.conditional = new TriggeredOrders(rest.account());
    this.doubted = new DoubtedSymbols(rest.account(), listings);
    this.book = new TradeBook(rest.account());
    this.cash = new AccountCash(incomes, new CashBook(rest.account(), settings.quoteAsset()));
  }

  /**
   * Begins where it was left. The results say by their ids what was booked of the day before the
   * account was last published, so that all of that day is asked for again, but nothing from before
   * the account was followed: what was open then is adopted, imported or held, and its trades are
   * contained in it. After a long absence the results of that day may be gone; then it is asked for
   * what came since.
   */
  void restore(Optional<ExchangeAccount> last, List<ApplyResult> results) {
    if (rest.offsetMs().isEmpty() && !(rest.measure() instanceof Success)) {
      LOG.warn("{}: the exchange's time is not known; this machine's counts", rest.account());
    }
    long nowMs = rest.exchangeMs();
    book.restore(results);
    last.map(ExchangeAccount::getUnbooked).orElse(List.of()).stream()
        .filter(each -> each.getUntilMs() != null)
        .forEach(each -> book.adopted(each.getSymbol(), each.getUntilMs()));
    results.forEach(result -> mention(result.getSymbol()));
    last.ifPresent(account -> account.getPositions().forEach(each -> mention(each.getSymbol())));
    long publishedMs = last.map(ExchangeAccount::getAsOfMs).orElse(nowMs);
    followedFromMs =
        last.map(ExchangeAccount::getFollowedFromMs)
            .filter(fromMs -> fromMs > 0)
            .orElseGet(() -> since(last, results, nowMs));
    boolean known = nowMs - publishedMs < MarketLink.LONGEST_ABSENCE.toMillis();
    floorMs = Math.max(followedFromMs, known ? publishedMs - KNOWN_MS : publishedMs);
    sinceMs = floorMs;
    cash.begin(floorMs);
    gap = true;
  }

  /** For an account that was published before it was said from when on it is followed. */
  private static long since(Optional<ExchangeAccount> last, List<ApplyResult> results, long nowMs) {
    OptionalLong oldestMs = results.stream().mapToLong(ApplyResult::getAtMs).min();
    if (oldestMs.isEmpty()) {
      return last.map(account -> account.getAsOfMs() - MINUTE_MS).orElse(nowMs);
    }
    return oldestMs.getAsLong() - ClockCheck.TOLERANCE_MS;
  }

  /** Gives back the cash that was told before. */
  void restoreIncome(List<ExchangeIncome> told) {
    cash.restore(told);
  }

  /** Returns from when on trades are booked, exchange time, epoch milliseconds UTC. */
  long followedFromMs() {
    return followedFromMs;
  }

  /** Returns the symbols that are asked for after a gap. */
  Set<String> symbols() {
    return symbols.keySet();
  }

  TradeBook book() {
    return book;
  }

  /**
   * Wants the trades in a symbol looked through since ledger and exchange disagree there.
   *
   * @param fromMs since when, epoch milliseconds UTC
   * @return whether that was done since, and nothing else is still to be asked for
   */
  boolean search(String symbol, long fromMs) {
    boolean done = searches.want(symbol, fromMs, wallMs.getAsLong());
    return done && !gap && announced.isEmpty() && owed.isEmpty() && !doubted.has(symbol);
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
    if (pauseMs == FIRST_PAUSE_MS) {
      searches.due(nowMs).forEach(this::search);
    }
    return book.report();
  }

  /** Asks from a while before they disagreed, as far as it is known what was booked. */
  private void search(TradeSearches.Search due) {
    long toMs = rest.exchangeMs();
    Optional<Asked> asked = ask(due.symbol(), due.sinceMs() - OVERLAP_MS, toMs);
    asked.ifPresent(each -> lost |= each.late() > 0);
    searches.searched(due, asked.map(Asked::whole).orElse(false), wallMs.getAsLong());
  }

  private void mention(String symbol) {
    symbols.put(symbol, wallMs.getAsLong());
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
          mention(trade.symbol());
        }
      }
      case UserEvent.Conditional order -> conditional.take(order);
      case UserEvent.LeverageSet set -> accounts.leverage(set.symbol(), set.leverage());
      case UserEvent.CashMoved moved -> dueMs = Math.min(dueMs, wallMs.getAsLong());
      case UserEvent.KeyExpired expired -> gap = true;
      case UserEvent.Unreadable unreadable -> gap = true;
      case UserEvent.Other other -> {}
    }
  }

  /** Takes a trade; where a stop of ours may be behind it under another name, that is asked for. */
  private void check(UserEvent.Traded traded) {
    Trade trade = traded.trade();
    OrderFacts facts = traded.facts();
    boolean foreign = facts.origin().origin() == ResultOrigin.FOREIGN;
    if (!foreign || !facts.reduceOnly() || conditional.isOurs(trade.orderId())) {
      take(trade, facts);
      return;
    }
    Optional<OrderFacts> asked = trades.facts(trade.symbol(), trade.orderId());
    if (asked.isEmpty()) {
      gap = true;
      mention(trade.symbol());
      return;
    }
    take(trade, asked.get());
  }

  private void take(Trade trade, OrderFacts said) {
    announced.remove(trade.fillId());
    mention(trade.symbol());
    OrderFacts facts = conditional.facts(trade.orderId(), said);
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
      feed.asked(gap);
      gap = false;
      sinceMs = Math.max(sinceMs, toMs);
      announced.clear();
    }
  }

  /** Returns whether all of it was told; what is missing is asked for next time. */
  private boolean syncTo(long toMs) {
    Optional<Rows<Income>> rows = cash.sync(toMs);
    if (rows.isEmpty()) {
      return false;
    }
    for (Income row : rows.get().rows()) {
      row.fillId().filter(id -> !book.has(id)).ifPresent(id -> owed.add(row.symbol()));
    }
    announced.keySet().forEach(id -> owed.add(id.substring(0, id.indexOf(':'))));
    Set<String> asked = new TreeSet<>(owed);
    asked.addAll(doubted.all());
    if (gap) {
      Optional<Set<String>> open = openSymbols();
      if (open.isEmpty()) {
        return false;
      }
      asked.addAll(open.get());
      asked.addAll(symbols.keySet());
    }
    boolean wasGap = gap;
    boolean complete = rows.get().whole();
    for (String symbol : asked) {
      Optional<Asked> found = ask(symbol, sinceMs - OVERLAP_MS, toMs);
      if (found.isEmpty()) {
        return false;
      }
      lost |= !wasGap && found.get().late() > 0;
      // A symbol that is doubted is asked for again by itself, and keeps up no other.
      boolean done = found.get().whole() || doubted.has(symbol);
      complete &= done;
      if (done) {
        owed.remove(symbol);
      }
    }
    return complete;
  }

  private Optional<Set<String>> openSymbols() {
    return positions
        .open(Urgency.READ)
        .map(
            rows -> {
              Set<String> open = new HashSet<>();
              rows.forEach(row -> open.add(row.path("symbol").asText("")));
              return open;
            });
  }

  /**
   * What the trades of a symbol came to.
   *
   * @param late how many are new and not recent
   * @param whole whether those were all
   */
  private record Asked(int late, boolean whole) {}

  /** Takes the trades in a symbol since a time; empty where the exchange did not answer. */
  private Optional<Asked> ask(String symbol, long wantedMs, long toMs) {
    long fromMs = Math.max(floorMs, Math.min(toMs, wantedMs));
    long startMs = resumesAtMs.getOrDefault(symbol, Math.min(toMs, fromMs));
    Optional<Rows<Trade>> found = trades.between(symbol, startMs, toMs + AHEAD_MS);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (doubted.isDoubtful(symbol, trades.isRefused(symbol))) {
      resumesAtMs.put(symbol, startMs);
      return Optional.of(new Asked(0, false));
    }
    int late = 0;
    for (Trade trade : found.get().rows()) {
      if (book.has(trade.fillId()) || trade.atMs() < floorMs) {
        continue;
      }
      Optional<OrderFacts> facts = trades.facts(symbol, trade.orderId());
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      take(trade, facts.get());
      late += toMs - trade.atMs() >= TOLD_MS ? 1 : 0;
    }
    boolean whole = found.get().whole();
    if (whole) {
      resumesAtMs.remove(symbol);
    } else if (!found.get().rows().isEmpty()) {
      resumesAtMs.put(symbol, found.get().rows().getLast().atMs());
    }
    return Optional.of(new Asked(late, whole));
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

  /** Forgets what is old; it is not asked for again, since it would not be known to be booked. */
  void forgetBefore(long beforeMs) {
    long kept = Math.min(beforeMs, Math.min(sinceMs, cash.syncedMs()) - 2 * OVERLAP_MS);
    book.forgetBefore(kept);
    cash.forgetBefore(kept);
    floorMs = Math.max(floorMs, kept);
    long nowMs = wallMs.getAsLong();
    symbols.values().removeIf(atMs -> nowMs - atMs >= MENTIONED_MS);
  }
}
