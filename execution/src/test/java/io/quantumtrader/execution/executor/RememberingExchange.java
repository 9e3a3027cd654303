package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Instrument;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * An exchange outside of the executor: it remembers by itself, and its answers can get lost. It
 * takes orders as the paper exchange does.
 */
final class RememberingExchange implements Exchange {

  private final PaperExchange paper;
  private final RemoteLink link = new RemoteLink();
  private final List<String> calls = new ArrayList<>();
  private final Deque<OrderOutcome> script = new ArrayDeque<>();
  private final Deque<Acknowledgement> protectionScript = new ArrayDeque<>();
  private final Deque<Acknowledgement> clearScript = new ArrayDeque<>();
  private final Deque<Acknowledgement> leverageScript = new ArrayDeque<>();
  private final Deque<Acknowledgement> deadManScript = new ArrayDeque<>();
  private final List<String> finished = new ArrayList<>();
  private int answersToLose;
  private int ordersToLose;
  private int protectionAnswersToLose;
  private long receiveWindowMs;
  private boolean silent;

  RememberingExchange(PaperSettings settings) {
    this.paper = new PaperExchange(settings);
  }

  PaperExchange paper() {
    return paper;
  }

  /** Returns what was asked, in order: the method's name and a client order id or a symbol. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Gives these answers about orders next, whatever is true. */
  synchronized void answer(OrderOutcome... next) {
    script.addAll(List.of(next));
  }

  /** Gives none of the answers about orders that are left, but says what is true. */
  synchronized void forgetAnswers() {
    script.clear();
  }

  /** Gives these answers to protective orders next, and lets none of them rest. */
  synchronized void answerProtection(Acknowledgement... next) {
    protectionScript.addAll(List.of(next));
  }

  /** Gives these answers when protection is to be cleared next, and clears nothing. */
  synchronized void answerClear(Acknowledgement... next) {
    clearScript.addAll(List.of(next));
  }

  /** Gives these answers about leverage next. */
  synchronized void answerLeverage(Acknowledgement... next) {
    leverageScript.addAll(List.of(next));
  }

  /** Gives these answers about the dead-man switch next. */
  synchronized void answerDeadMan(Acknowledgement... next) {
    deadManScript.addAll(List.of(next));
  }

  /** Lets the trades be looked through that a difference asks for, or not yet. */
  synchronized void searched(boolean value) {
    link.searched(value);
  }

  /** Returns the cash that was given back at the start. */
  synchronized List<ExchangeIncome> restoredIncome() {
    return link.restored();
  }

  /** Returns the symbols in which changes of stops that were cut short were to be finished. */
  synchronized List<String> finished() {
    return List.copyOf(finished);
  }

  /** Lets cash be told that came or went. */
  synchronized void came(ExchangeIncome income) {
    link.came(income);
  }

  /** Lets a fill be told that no plan asked for. */
  synchronized void happened(UnplannedFill fill) {
    link.happened(fill);
  }

  synchronized void loseAnswers(int next) {
    answersToLose = next;
  }

  synchronized void loseOrders(int next) {
    ordersToLose = next;
  }

  synchronized void loseProtectionAnswers(int next) {
    protectionAnswersToLose = next;
  }

  /** Does not say what rests, until it is told to again. */
  synchronized void silent(boolean value) {
    silent = value;
  }

  synchronized void receiveWindowMs(long ms) {
    receiveWindowMs = ms;
  }

  @Override
  public MarketLink marketLink() {
    return link;
  }

  @Override
  public synchronized long receiveWindowMs() {
    return receiveWindowMs;
  }

  @Override
  public List<String> accounts() {
    return paper.accounts();
  }

  @Override
  public synchronized Acknowledgement setLeverage(
      String account, String symbol, int leverage, long nowMs) {
    return leverageScript.isEmpty()
        ? paper.setLeverage(account, symbol, leverage, nowMs)
        : leverageScript.pop();
  }

  @Override
  public synchronized OrderOutcome execute(MarketOrder order) {
    calls.add("execute " + order.clientOrderId());
    if (ordersToLose > 0) {
      ordersToLose--;
      return new Unresolved("lost on the way");
    }
    return answer(paper.execute(order));
  }

  @Override
  public synchronized OrderOutcome query(
      String account, String symbol, String clientOrderId, long nowMs) {
    calls.add("query " + clientOrderId);
    return answer(paper.query(account, symbol, clientOrderId, nowMs));
  }

  private OrderOutcome answer(OrderOutcome outcome) {
    if (!script.isEmpty()) {
      return script.removeFirst();
    }
    if (answersToLose == 0) {
      return outcome;
    }
    answersToLose--;
    return new Unresolved("no answer in time");
  }

  @Override
  public synchronized Acknowledgement protect(ProtectiveOrder order) {
    calls.add("protect " + order.clientOrderId());
    if (!protectionScript.isEmpty()) {
      return protectionScript.removeFirst();
    }
    Acknowledgement answer = paper.protect(order);
    if (protectionAnswersToLose == 0) {
      return answer;
    }
    protectionAnswersToLose--;
    return new Acknowledgement.Unresolved("no answer in time");
  }

  @Override
  public synchronized Acknowledgement cancelProtection(String account, String symbol, long nowMs) {
    calls.add("cancel " + symbol);
    return paper.cancelProtection(account, symbol, nowMs);
  }

  @Override
  public synchronized Acknowledgement clearProtection(String account, String symbol, long nowMs) {
    calls.add("clear " + symbol);
    if (!clearScript.isEmpty()) {
      return clearScript.removeFirst();
    }
    return paper.clearProtection(account, symbol, nowMs);
  }

  @Override
  public synchronized Acknowledgement finishProtection(String account, String symbol) {
    finished.add(symbol);
    return new Acknowledgement.Done();
  }

  @Override
  public synchronized Acknowledgement cancelUnlessTold(
      String account, String symbol, Duration within) {
    calls.add("dead man " + symbol + " " + within.toSeconds());
    return deadManScript.isEmpty() ? new Acknowledgement.Done() : deadManScript.removeFirst();
  }

  @Override
  public synchronized Optional<List<ProtectiveOrder>> protection(String account, String symbol) {
    if (silent) {
      return Optional.empty();
    }
    return paper.protection(account, symbol);
  }

  @Override
  public synchronized Optional<ExchangeAccount> account(String account, long nowMs) {
    // As an exchange does that is followed from the beginning.
    return paper
        .account(account, nowMs)
        .map(state -> ExchangeAccount.newBuilder(state).setFollowedFromMs(1).build());
  }

  @Override
  public synchronized List<Instrument> instruments(long nowMs) {
    return paper.instruments(nowMs);
  }

  @Override
  public synchronized Optional<Instrument> instrument(String symbol) {
    return paper.instrument(symbol);
  }
}
