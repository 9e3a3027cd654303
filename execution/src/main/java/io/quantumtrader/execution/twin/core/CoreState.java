package io.quantumtrader.execution.twin.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all parts of the core share: prices, accounts, numbers given out, and events not told. */
final class CoreState {
  private static final long FIRST_ID = 1_000_000;

  private final TwinRules rules;
  private final Map<String, Tape> tapes = new TreeMap<>();
  private final Map<String, AccountBook> books = new TreeMap<>();
  private final List<TwinEvent> events = new ArrayList<>();
  private final CoreFaults faults = new CoreFaults();
  private final List<Gone> gone = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private long lastId = FIRST_ID;

  /**
   * A position that is no longer, or has turned round; {@code closing} is the side that closed it.
   */
  record Gone(AccountBook book, String symbol, PositionSide positionSide, Side closing) {}

  /** An order that has ended, and was a conditional one before. */
  record Ended(AccountBook book, TwinOrder order) {}

  CoreState(TwinRules rules, List<TwinSymbol> symbols, List<AccountSetup> accounts, long nowMs) {
    this.rules = rules;
    symbols.forEach(s -> tapes.put(s.symbol(), new Tape(s, rules.fundingRate(), nowMs)));
    accounts.forEach(a -> books.put(a.account(), new AccountBook(a)));
  }

  TwinRules rules() {
    return rules;
  }

  CoreFaults faults() {
    return faults;
  }

  Map<String, Tape> tapes() {
    return tapes;
  }

  Map<String, AccountBook> books() {
    return books;
  }

  /** Returns the prices of a symbol; refused where it is not listed. */
  Tape tape(String symbol) {
    Tape tape = tapes.get(symbol);
    if (tape == null) {
      throw TwinError.SYMBOL.refused();
    }
    return tape;
  }

  AccountBook book(String account) {
    AccountBook book = books.get(account);
    if (book == null) {
      throw new IllegalArgumentException("no such account: " + account);
    }
    return book;
  }

  MarginMath margin(AccountBook book) {
    return new MarginMath(book, this::tape);
  }

  /** Returns a number that nothing else has: an order's, a conditional order's or a transfer's. */
  long nextId() {
    return ++lastId;
  }

  void gone(Gone position) {
    gone.add(position);
  }

  List<Gone> takeGone() {
    List<Gone> taken = List.copyOf(gone);
    gone.clear();
    return taken;
  }

  /** Notes an order that has ended, for the conditional one that it was. */
  void ended(AccountBook book, TwinOrder order) {
    if (order.algoId() != 0 && !order.status().isOpen()) {
      ended.add(new Ended(book, order));
    }
  }

  List<Ended> takeEnded() {
    List<Ended> taken = List.copyOf(ended);
    ended.clear();
    return taken;
  }

  void tell(AccountBook book, JsonNode body) {
    events.add(new TwinEvent.User(book.account(), body.path("e").asText(), body));
  }

  void tell(TwinEvent.Market event) {
    events.add(event);
  }

  List<TwinEvent> drain() {
    List<TwinEvent> told = List.copyOf(events);
    events.clear();
    return told;
  }
}
