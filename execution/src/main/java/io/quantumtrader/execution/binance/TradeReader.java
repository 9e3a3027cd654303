package io.quantumtrader.execution.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.binance.Call;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for trades and for the orders behind them. Empty means: the exchange did not answer. */
final class TradeReader {

  private static final Logger LOG = LoggerFactory.getLogger(TradeReader.class);

  /** Most that one request returns. */
  private static final int PAGE = 1_000;

  /** Most pages of one symbol and span: 100 000 trades. */
  private static final int PAGES = 100;

  /** The exchange refuses a longer span. */
  private static final long LONGEST_SPAN_MS = Duration.ofDays(7).toMillis() - 1;

  private static final int WEIGHT = 5;
  private static final int KEPT = 1_000;

  private final SignedRest rest;
  private final int page;
  private final int pages;
  private final UnreadableRows unreadable;
  private final Map<String, OrderFacts> facts = new LinkedHashMap<>();
  private final Set<String> refused = new HashSet<>();

  TradeReader(SignedRest rest) {
    this(rest, PAGE, PAGES);
  }

  /**
   * Creates it with other limits.
   *
   * @param page most that one request returns, 1 to 1000
   * @param pages most requests of one symbol and span, 1 or more
   */
  TradeReader(SignedRest rest, int page, int pages) {
    this.rest = rest;
    this.page = page;
    this.pages = pages;
    this.unreadable = new UnreadableRows(rest.account(), "trade");
  }

  /** Returns the trades of an order, oldest first. */
  Optional<List<Trade>> ofOrder(String symbol, long orderId, Urgency urgency) {
    return page(rest.send(
            Call.get("/fapi/v1/userTrades", WEIGHT)
                .with("symbol", symbol)
                .with("orderId", orderId)
                .with("limit", PAGE)
                .as(urgency)))
        .map(Page::rows);
  }

  /**
   * Returns the trades in a symbol, oldest first; of very many only the first. Of a symbol that the
   * exchange says it does not know there are none, see {@link #isRefused}.
   *
   * @param fromMs exchange time, epoch milliseconds UTC
   * @param toMs exchange time, at or after {@code fromMs}
   */
  Optional<Rows<Trade>> between(String symbol, long fromMs, long toMs) {
    List<Trade> found = new ArrayList<>();
    for (long start = fromMs; start <= toMs; start += LONGEST_SPAN_MS + 1) {
      long end = Math.min(toMs, start + LONGEST_SPAN_MS);
      Optional<Rows<Trade>> span = span(symbol, start, end);
      if (span.isEmpty()) {
        return span;
      }
      found.addAll(span.get().rows());
      if (!span.get().whole()) {
        return Optional.of(new Rows<>(found, false));
      }
    }
    return Optional.of(new Rows<>(found, true));
  }

  private Optional<Rows<Trade>> span(String symbol, long startMs, long endMs) {
    List<Trade> found = new ArrayList<>();
    Call next =
        Call.get("/fapi/v1/userTrades", WEIGHT)
            .with("symbol", symbol)
            .with("startTime", startMs)
            .with("endTime", endMs)
            .with("limit", page);
    for (int i = 0; i < pages; i++) {
      Reply reply = rest.send(next);
      if (ErrorMapping.isNoSuchSymbol(reply)) {
        refused.add(symbol);
        return Optional.of(new Rows<>(List.of(), true));
      }
      Optional<Page<Trade>> read = page(reply);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      refused.remove(symbol);
      found.addAll(read.get().rows());
      if (read.get().listed() < page) {
        return Optional.of(new Rows<>(found, true));
      }
      if (read.get().rows().isEmpty()) {
        break;
      }
      // By id from here on: several trades may have the same millisecond.
      next =
          Call.get("/fapi/v1/userTrades", WEIGHT)
              .with("symbol", symbol)
              .with("fromId", read.get().rows().getLast().tradeId() + 1)
              .with("limit", page);
    }
    LOG.warn(
        "{}: {} has more trades than are asked for at once, the rest follows",
        rest.account(),
        symbol);
    return Optional.of(new Rows<>(found, false));
  }

  /** Returns whether the exchange said, when it was asked last, that there is no such symbol. */
  boolean isRefused(String symbol) {
    return refused.contains(symbol);
  }

  private Optional<Page<Trade>> page(Reply reply) {
    if (!(reply instanceof Success success)) {
      Replies.log(LOG, rest.account(), "no trades", reply);
      return Optional.empty();
    }
    return Optional.of(unreadable.page(success.body(), TradeReader::trade));
  }

  private static Trade trade(JsonNode of) {
    return new Trade(
        Json.text(of, "symbol"),
        Json.number(of, "id"),
        Json.number(of, "orderId"),
        Json.side(of, "side"),
        Json.positive(of, "qty"),
        Json.positive(of, "price"),
        Json.optional(of, "commission").orElse(BigDecimal.ZERO),
        of.path("commissionAsset").asText(""),
        Json.number(of, "time"));
  }

  /** Returns what is known of the order behind a trade. */
  Optional<OrderFacts> facts(String symbol, long orderId) {
    String key = symbol + ":" + orderId;
    Optional<OrderFacts> found = Optional.ofNullable(facts.get(key));
    if (found.isEmpty()) {
      found = ask(symbol, orderId);
      found.ifPresent(known -> keep(key, known));
    }
    return found;
  }

  private void keep(String key, OrderFacts known) {
    facts.put(key, known);
    if (facts.size() > KEPT) {
      facts.remove(facts.keySet().iterator().next());
    }
  }

  private Optional<OrderFacts> ask(String symbol, long orderId) {
    Reply reply =
        rest.send(Call.get("/fapi/v1/order", 1).with("symbol", symbol).with("orderId", orderId));
    if (ErrorMapping.isNoSuchOrder(reply)) {
      return forced(symbol, orderId);
    }
    return reply instanceof Success success
        ? named(symbol, orderId, facts(success.body()))
        : Optional.empty();
  }

  /** A stop may have become an order under another name: then it is among the conditional ones. */
  private Optional<OrderFacts> named(String symbol, long orderId, OrderFacts facts) {
    if (facts.origin().origin() != ResultOrigin.FOREIGN || !facts.reduceOnly()) {
      return Optional.of(facts);
    }
    Reply reply =
        rest.send(
            Call.get("/fapi/v1/allAlgoOrders", WEIGHT).with("symbol", symbol).with("limit", PAGE));
    if (!(reply instanceof Success success)) {
      return Optional.empty();
    }
    for (JsonNode order : success.body()) {
      if (order.path("actualOrderId").asLong(0) == orderId) {
        return Optional.of(new OrderFacts(order.path("clientAlgoId").asText(""), true, false));
      }
    }
    return Optional.of(facts);
  }

  private static OrderFacts facts(JsonNode order) {
    boolean reduces =
        order.path("reduceOnly").asBoolean(false) || order.path("closePosition").asBoolean(false);
    return new OrderFacts(order.path("clientOrderId").asText(""), reduces, false);
  }

  /** Looks among the orders by which the exchange itself closed positions. */
  private Optional<OrderFacts> forced(String symbol, long orderId) {
    Reply reply = rest.send(Call.get("/fapi/v1/forceOrders", 20).with("symbol", symbol));
    if (!(reply instanceof Success success)) {
      return Optional.empty();
    }
    for (JsonNode order : success.body()) {
      if (order.path("orderId").asLong(-1) == orderId) {
        String id = order.path("clientOrderId").asText("");
        return Optional.of(new OrderFacts(id, true, true));
      }
    }
    return Optional.of(new OrderFacts("", false, false));
  }
}
