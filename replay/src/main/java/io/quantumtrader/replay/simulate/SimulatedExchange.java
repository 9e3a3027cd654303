package io.quantumtrader.replay.simulate;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.OrderOutcome.Unresolved;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exchange outside of the executor. It has a market and a memory of its own, trades as the paper
 * exchange does, and misbehaves by the {@link Weather}: it refuses, fills in part, loses what is
 * sent or what it says, lets orders arrive late, says nothing, or lets the executor die.
 */
final class SimulatedExchange implements Exchange {

  /** An order may arrive this much later, milliseconds. */
  static final long RECEIVE_WINDOW_MS = 50_000;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final long PART_MS = 90_000;

  private static final List<ReasonCode> REFUSALS =
      List.of(
          ReasonCode.EXCHANGE_REJECTED,
          ReasonCode.MARGIN_INSUFFICIENT,
          ReasonCode.FILTER_STEP,
          ReasonCode.FILTER_QUANTITY,
          ReasonCode.FILTER_NOTIONAL,
          ReasonCode.FILTER_QUANTITY_MAXIMUM,
          ReasonCode.FILTER_PRICE_BAND,
          ReasonCode.POSITION_LIMIT_AT_LEVERAGE,
          ReasonCode.REDUCE_ONLY_TAKEN,
          ReasonCode.ORDER_LIMIT,
          ReasonCode.KEY_REFUSED,
          ReasonCode.POSITION_MODE,
          ReasonCode.PRICE_UNKNOWN);

  private static final List<ReasonCode> STOP_REFUSALS =
      List.of(ReasonCode.STOP_PASSED, ReasonCode.FILTER_TICK, ReasonCode.EXCHANGE_REJECTED);

  private final PaperExchange paper;
  private final Weather weather;
  private final SentOrders sent;
  private final SimulatedLink link;
  private final Map<String, MarketOrder> travelling = new LinkedHashMap<>();
  private final Map<String, Long> arrivesAtMs = new HashMap<>();
  private final Map<String, SplitOrder> split = new LinkedHashMap<>();
  private long nowMs;

  SimulatedExchange(PaperSettings settings, Weather weather, SentOrders sent) {
    this.paper = new PaperExchange(settings);
    this.weather = weather;
    this.sent = sent;
    this.link = new SimulatedLink(() -> weather.at(nowMs) == Weather.Kind.SILENT);
  }

  /** Returns what it is beneath: what really is there. */
  PaperExchange truth() {
    return paper;
  }

  /** Shows it a candle of its market. */
  void trade(Candle candle) {
    paper.see(candle);
    collect();
  }

  /** Lets time pass: what travels arrives, and what is open is filled. */
  void advance(long toMs) {
    nowMs = toMs;
    for (MarketOrder order : List.copyOf(travelling.values())) {
      if (arrivesAtMs.get(order.clientOrderId()) <= nowMs) {
        travelling.remove(order.clientOrderId());
        var unused = fill(at(order, nowMs));
      }
    }
    split.values().forEach(order -> order.advance(paper, nowMs));
  }

  private static MarketOrder at(MarketOrder order, long atMs) {
    return new MarketOrder(
        order.account(),
        order.symbol(),
        order.side(),
        order.quantity(),
        order.reduceOnly(),
        order.clientOrderId(),
        atMs);
  }

  /** Executes an order of somebody else; it is reported at this time. */
  void foreign(MarketOrder order, long tellsAtMs) {
    if (paper.execute(order) instanceof Accepted accepted) {
      link.foreign(order, accepted, tellsAtMs);
    }
  }

  /** Executes an order of somebody else that is not reported; empty where it is refused. */
  Optional<Accepted> foreign(MarketOrder order) {
    return paper.execute(order) instanceof Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }

  private void collect() {
    for (String account : paper.accounts()) {
      link.happened(account, paper.unplanned(account, nowMs), nowMs);
    }
  }

  @Override
  public SimulatedLink marketLink() {
    return link;
  }

  @Override
  public long receiveWindowMs() {
    return RECEIVE_WINDOW_MS;
  }

  @Override
  public List<String> accounts() {
    return paper.accounts();
  }

  @Override
  public Acknowledgement setLeverage(String account, String symbol, int leverage, long atMs) {
    return isSilent() ? silence() : paper.setLeverage(account, symbol, leverage, atMs);
  }

  private boolean isSilent() {
    return weather.at(nowMs) == Weather.Kind.SILENT;
  }

  private static Acknowledgement silence() {
    return new Acknowledgement.Unresolved("no answer");
  }

  @Override
  public OrderOutcome execute(MarketOrder order) {
    String id = order.clientOrderId();
    sent.sent(order);
    weather.crash(Weather.Kind.CRASH_BEFORE, id, nowMs);
    OrderOutcome outcome = taken(order);
    weather.crash(Weather.Kind.CRASH_AFTER, id, nowMs);
    return weather.hits(Weather.Kind.LOSES_ANSWERS, id, nowMs)
        ? new Unresolved("the answer was lost")
        : outcome;
  }

  private OrderOutcome taken(MarketOrder order) {
    String id = order.clientOrderId();
    if (split.containsKey(id)) {
      return split.get(id).outcome();
    }
    if (travelling.containsKey(id) || isSilent()) {
      return new Unresolved("no answer");
    }
    return switch (weather.at(nowMs)) {
      case REJECTS -> weather.hits(Weather.Kind.REJECTS, id, nowMs) ? refused(id) : fill(order);
      case LOSES_ORDERS ->
          weather.hits(Weather.Kind.LOSES_ORDERS, id, nowMs)
              ? new Unresolved("the order was lost")
              : fill(order);
      case LATE_ORDERS -> {
        travelling.put(id, order);
        long lateMs = 1L + weather.random(id).nextInt((int) RECEIVE_WINDOW_MS - 1);
        arrivesAtMs.put(id, order.atMs() + lateMs);
        yield new Unresolved("the order is on its way");
      }
      case PARTIALS -> part(order);
      default -> fill(order);
    };
  }

  private OrderOutcome fill(MarketOrder order) {
    OrderOutcome outcome =
        refusal(order).<OrderOutcome>map(each -> each).orElseGet(() -> paper.execute(order));
    unprotected(order, outcome);
    return outcome;
  }

  /** What is too large is refused, however it was listed when the order was made. */
  private Optional<Rejected> refusal(MarketOrder order) {
    Optional<Instrument> listed = paper.instrument(order.symbol());
    boolean isNew =
        paper.query(order.account(), order.symbol(), order.clientOrderId(), nowMs)
            instanceof Unknown;
    if (listed.isEmpty() || !isNew) {
      return Optional.empty();
    }
    BigDecimal largest = listed.get().getMaxMarketQuantity();
    return largest != null && order.quantity().compareTo(largest) > 0
        ? Optional.of(rejected(ReasonCode.FILTER_QUANTITY_MAXIMUM))
        : Optional.empty();
  }

  /** What the executor closes because it has no stop is reported as nobody's plan. */
  private void unprotected(MarketOrder order, OrderOutcome outcome) {
    if (ClientOrderIds.isUnprotected(order.clientOrderId())
        && outcome instanceof Accepted accepted) {
      link.unprotected(order, accepted, nowMs);
    }
  }

  private OrderOutcome part(MarketOrder order) {
    Optional<Instrument> known = paper.instrument(order.symbol());
    BigDecimal first =
        known
            .map(of -> half(order.quantity(), of.getStepSize()))
            .filter(half -> half.signum() > 0 && !order.clientOrderId().endsWith("-x"))
            .orElse(order.quantity());
    if (first.compareTo(order.quantity()) == 0
        || refusal(order).isPresent()
        || !(paper.query(order.account(), order.symbol(), order.clientOrderId(), nowMs)
            instanceof Unknown)) {
      return fill(order);
    }
    boolean expires = weather.random(order.clientOrderId()).nextBoolean();
    SplitOrder.Placed placed =
        SplitOrder.place(paper, order, first, expires ? Long.MIN_VALUE : order.atMs() + PART_MS);
    if (placed.split() != null) {
      split.put(order.clientOrderId(), placed.split());
    }
    return placed.outcome();
  }

  private static BigDecimal half(BigDecimal quantity, BigDecimal step) {
    return quantity.divide(step.multiply(TWO), 0, RoundingMode.DOWN).multiply(step);
  }

  private Rejected refused(String id) {
    return rejected(REFUSALS.get(weather.random(id).nextInt(REFUSALS.size())));
  }

  private static Rejected rejected(ReasonCode code) {
    return new Rejected(code, List.of(), code.meaning());
  }

  @Override
  public OrderOutcome query(String account, String symbol, String id, long atMs) {
    if (isSilent() || weather.hits(Weather.Kind.LOSES_ANSWERS, id, nowMs)) {
      return new Unresolved("no answer");
    }
    if (split.containsKey(id)) {
      return split.get(id).outcome();
    }
    return paper.query(account, symbol, id, atMs);
  }

  @Override
  public Acknowledgement protect(ProtectiveOrder order) {
    String id = order.clientOrderId();
    sent.sent(order);
    if (isSilent() || weather.hits(Weather.Kind.LOSES_STOPS, id, nowMs)) {
      return silence();
    }
    if (weather.hits(Weather.Kind.REFUSES_STOPS, id, nowMs)) {
      ReasonCode code = STOP_REFUSALS.get(weather.random(id).nextInt(STOP_REFUSALS.size()));
      return new Refused(code, List.of(), code.meaning());
    }
    return paper.protect(order);
  }

  @Override
  public Acknowledgement cancelProtection(String account, String symbol, long atMs) {
    return isSilent() ? silence() : paper.cancelProtection(account, symbol, atMs);
  }

  @Override
  public Acknowledgement clearProtection(String account, String symbol, long atMs) {
    return isSilent() ? silence() : paper.clearProtection(account, symbol, atMs);
  }

  @Override
  public Optional<List<ProtectiveOrder>> protection(String account, String symbol) {
    return isSilent() ? Optional.empty() : paper.protection(account, symbol);
  }

  @Override
  public Optional<ExchangeAccount> account(String account, long atMs) {
    return isSilent() ? Optional.empty() : paper.account(account, atMs);
  }

  @Override
  public List<Instrument> instruments(long atMs) {
    return paper.instruments(atMs);
  }

  @Override
  public Optional<Instrument> instrument(String symbol) {
    return paper.instrument(symbol);
  }
}
