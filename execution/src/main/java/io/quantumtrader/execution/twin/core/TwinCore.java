package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The exchange without servers. Everything that happens is a call with a time; what is to be told
 * on streams is collected until {@link #drain}. The same calls with the same seed give the same
 * answers and events. Not thread-safe.
 *
 * <p>Orders fill at the price there is: the account's own orders never move it. Calls throw {@link
 * Refused} where the exchange says no, and then have changed nothing.
 */
public final class TwinCore {
  private final CoreState state;
  private final Orders orders;
  private final Conditionals conditionals;
  private final Forced forced;
  private final CoreMarket market;
  private final AccountSettings settings;

  /**
   * Creates it.
   *
   * @param sigma standard deviation of a step of generated prices, a share of the price
   * @param nowMs the time, epoch milliseconds UTC
   */
  public TwinCore(
      TwinRules rules,
      List<TwinSymbol> symbols,
      List<AccountSetup> accounts,
      long seed,
      double sigma,
      long nowMs) {
    state = new CoreState(rules, symbols, accounts, nowMs);
    orders = new Orders(state);
    conditionals = new Conditionals(state, orders);
    forced = new Forced(state, orders);
    market = new CoreMarket(state, seed, sigma, nowMs);
    settings = new AccountSettings(state);
  }

  /** Returns what goes another way than one would like. */
  public CoreFaults faults() {
    return state.faults();
  }

  /** Returns what trading costs. */
  public TwinRules rules() {
    return state.rules();
  }

  /** Returns leverage, margin type and modes of accounts, to be changed. */
  public AccountSettings settings() {
    return settings;
  }

  /** Returns the prices of all symbols, ascending by symbol. */
  public Collection<Tape> tapes() {
    return List.copyOf(state.tapes().values());
  }

  /** Returns the prices of a symbol; refused with -1121 where it is not listed. */
  public Tape tape(String symbol) {
    return state.tape(symbol);
  }

  /** Returns what is known of an account; it must be one of those set up. */
  public AccountBook book(String account) {
    return state.book(account);
  }

  /** Returns the names of the accounts, ascending. */
  public List<String> accounts() {
    return List.copyOf(state.books().keySet());
  }

  /** Returns the margin of an account. */
  public MarginMath margin(String account) {
    return state.margin(book(account));
  }

  /** Returns when funding is next paid, epoch milliseconds UTC; 0 for never by itself. */
  public long nextFundingMs(long nowMs) {
    return market.nextFundingMs(nowMs);
  }

  /** Returns what is to be told since the last time, oldest first. */
  public List<TwinEvent> drain() {
    return state.drain();
  }

  /** Takes an order. The answer is how it was taken; fills are told by events. */
  public TwinOrder place(String account, OrderRequest request, long nowMs) {
    TwinOrder order = orders.place(book(account), request, nowMs);
    settle(nowMs);
    return order;
  }

  /** Checks an order without taking it. */
  public void test(String account, OrderRequest request) {
    orders.check(book(account), request);
  }

  /** Cancels an order; -2011 where there is none, or it has ended. */
  public TwinOrder cancel(String account, Optional<TwinOrder> order, long nowMs) {
    TwinOrder found = order.orElseThrow(TwinError.CANCEL_UNKNOWN::refused);
    TwinOrder ended = orders.cancel(book(account), found, nowMs);
    finish(nowMs);
    return ended;
  }

  /** Cancels the orders of an account in a symbol, not the conditional ones. */
  public void cancelOrders(String account, String symbol, long nowMs) {
    orders.cancelAll(book(account), state.tape(symbol).symbol().symbol(), nowMs);
    finish(nowMs);
  }

  /** Takes a conditional order. */
  public TwinAlgoOrder placeAlgo(String account, AlgoRequest request, long nowMs) {
    return conditionals.place(book(account), request, nowMs);
  }

  /** Cancels a conditional order; -2011 where there is none, or it no longer waits. */
  public TwinAlgoOrder cancelAlgo(String account, Optional<TwinAlgoOrder> algo, long nowMs) {
    TwinAlgoOrder found = algo.orElseThrow(TwinError.CANCEL_UNKNOWN::refused);
    return conditionals.cancel(book(account), found, nowMs);
  }

  /** Cancels the conditional orders of an account in a symbol. */
  public void cancelAlgos(String account, String symbol, long nowMs) {
    conditionals.cancelAll(book(account), state.tape(symbol).symbol().symbol(), nowMs);
  }

  /**
   * Lets all orders of a symbol, conditional ones too, be cancelled later unless this is called
   * again.
   *
   * @param afterMs from now, milliseconds; 0 never
   */
  public void countdown(String account, String symbol, long afterMs, long nowMs) {
    String listed = state.tape(symbol).symbol().symbol();
    book(account).countdown(listed, afterMs == 0 ? 0 : nowMs + afterMs);
  }

  /** Sets last and mark price of a symbol, and lets everything happen that they bring about. */
  public void price(String symbol, BigDecimal price, BigDecimal traded, long nowMs) {
    market.price(state.tape(symbol), price, traded, nowMs);
    priceChanged(symbol, nowMs);
  }

  /** Sets the mark price alone. */
  public void mark(String symbol, BigDecimal price, long nowMs) {
    state.tape(symbol).mark(price);
    priceChanged(symbol, nowMs);
  }

  /** Sets the share of the notional that longs pay at the next funding. */
  public void fundingRate(String symbol, BigDecimal rate) {
    state.tape(symbol).fundingRate(rate);
  }

  /**
   * Lets the prices of a candle pass, low before high where it rose, and closes it; -1102 where its
   * minute has closed already with other prices. What the clock closed without a trade gives way.
   */
  public void candle(String symbol, TwinCandle candle, long nowMs) {
    Tape tape = state.tape(symbol);
    if (!tape.isNews(candle)) {
      throw TwinError.MANDATORY.refused("opentime");
    }
    TwinCandle underWay = tape.current();
    boolean rose = candle.close().compareTo(candle.open()) >= 0;
    List<BigDecimal> path =
        rose
            ? List.of(candle.open(), candle.low(), candle.high(), candle.close())
            : List.of(candle.open(), candle.high(), candle.low(), candle.close());
    for (BigDecimal price : path) {
      tape.price(price, BigDecimal.ZERO, nowMs);
      priceChanged(symbol, nowMs);
    }
    market.candle(tape, candle, underWay, nowMs);
  }

  /** Tells candles of another length too from now on, for example {@code 5m}; -1120 for none. */
  public void tellCandles(String interval) {
    market.tellCandles(interval);
  }

  /** Makes candles out of the seed for the minutes before now. */
  public void history(int minutes, long nowMs) {
    market.history(Math.min(minutes, Tape.KEPT), nowMs);
  }

  /** Moves all prices by one step of the seeded walk. */
  public void walk(long nowMs) {
    for (Tape tape : state.tapes().values()) {
      market.walk(tape, nowMs);
      priceChanged(tape.symbol().symbol(), nowMs);
    }
  }

  /** Does what is due: candles close, orders fill that had to wait, funding, countdowns. */
  public void tick(long nowMs) {
    market.tick(nowMs);
    for (AccountBook book : state.books().values()) {
      orders.fillDelayed(book, nowMs);
      finish(nowMs);
      for (String symbol : book.takeCountdowns(nowMs)) {
        orders.cancelAll(book, symbol, nowMs);
        conditionals.cancelAll(book, symbol, nowMs);
      }
    }
    settle(nowMs);
    if (market.takeFundingDue(nowMs)) {
      fund(nowMs);
    }
  }

  /** Pays funding on all positions now. */
  public void fund(long nowMs) {
    state.tapes().values().forEach(tape -> tape.funded(nowMs));
    for (AccountBook book : state.books().values()) {
      book.openPositions().forEach(position -> forced.fund(book, position, nowMs));
      liquidateIfDue(book, nowMs);
    }
  }

  /** Liquidates the positions of an account in a symbol, whatever its margin. */
  public void liquidate(String account, String symbol, long nowMs) {
    for (TwinPosition position : open(account, symbol)) {
      forced.liquidate(book(account), position, nowMs);
    }
    settle(nowMs);
  }

  /** Closes at most a quantity, base units, of each position in a symbol by auto-deleveraging. */
  public void deleverage(String account, String symbol, BigDecimal quantity, long nowMs) {
    for (TwinPosition position : open(account, symbol)) {
      forced.reduce(book(account), position, quantity, nowMs);
    }
    settle(nowMs);
  }

  /** Closes the positions of an account in a symbol because its contract ends. */
  public void settlement(String account, String symbol, long nowMs) {
    for (TwinPosition position : open(account, symbol)) {
      forced.settle(book(account), position, nowMs);
    }
    settle(nowMs);
  }

  /** Trades as the account's owner does on the web page, in one-way mode. */
  public void byHand(String account, String symbol, Side side, BigDecimal quantity, long nowMs) {
    forced.byHand(book(account), state.tape(symbol).symbol().symbol(), side, quantity, nowMs);
    settle(nowMs);
  }

  /**
   * Closes a share of what is open by hand, rounded down to the step.
   *
   * @param share above 0, at most 1
   */
  public void closeByHand(String account, String symbol, BigDecimal share, long nowMs) {
    BigDecimal step = state.tape(symbol).symbol().step();
    for (TwinPosition position : open(account, symbol)) {
      BigDecimal wanted = position.amount().abs().multiply(share);
      BigDecimal quantity = wanted.subtract(wanted.remainder(step));
      if (quantity.signum() > 0) {
        forced.byHandClose(book(account), position, quantity, nowMs);
      }
    }
    settle(nowMs);
  }

  /** Pays USDT in, or out below 0; -2018 where that much is not free. */
  public void transfer(String account, BigDecimal amount, long nowMs) {
    forced.transfer(book(account), amount, nowMs);
    liquidateIfDue(book(account), nowMs);
  }

  private List<TwinPosition> open(String account, String symbol) {
    return book(account).openPositions().stream()
        .filter(position -> position.symbol().equals(state.tape(symbol).symbol().symbol()))
        .toList();
  }

  private void priceChanged(String symbol, long nowMs) {
    for (AccountBook book : state.books().values()) {
      orders.priceChanged(book, symbol, nowMs);
      settle(nowMs);
      conditionals.follow(book, symbol);
      // Each one that triggers waits no longer, so that this ends.
      TwinAlgoOrder next = conditionals.triggered(book, symbol);
      while (next != null) {
        conditionals.trigger(book, next, nowMs);
        settle(nowMs);
        next = conditionals.triggered(book, symbol);
      }
      liquidateIfDue(book, nowMs);
    }
  }

  private void liquidateIfDue(AccountBook book, long nowMs) {
    state.margin(book).lost().forEach(position -> forced.liquidate(book, position, nowMs));
    settle(nowMs);
  }

  /** Ends the conditional orders whose orders have ended. */
  private void finish(long nowMs) {
    for (CoreState.Ended ended : state.takeEnded()) {
      conditionals.finished(ended.book(), ended.order(), nowMs);
    }
  }

  /** Ends the orders that belonged to positions which are no longer. */
  private void settle(long nowMs) {
    finish(nowMs);
    for (CoreState.Gone gone : state.takeGone()) {
      orders.positionGone(gone, nowMs);
      conditionals.positionGone(gone, nowMs);
    }
    finish(nowMs);
  }
}
