package io.quantumtrader.binance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The four public endpoints on a free port of the loopback interface, over HTTP, with prices that
 * follow from symbol and minute alone. It counts the weight of requests by the minute and says it
 * with each answer. It can fail in every way that a server does.
 */
public final class LocalExchange implements AutoCloseable {

  /** How it fails. */
  public sealed interface Fault {
    /** An answer with another status; {@code retryAfter} in seconds, empty for none. */
    record Status(int code, String retryAfter) implements Fault {}

    /** The connection is closed without a word. */
    record Closed() implements Fault {}

    /** The connection is closed within the answer. */
    record Half() implements Fault {}

    /** An answer with status 200 and this body. */
    record Body(String text) implements Fault {}
  }

  private static final long MINUTE_MS = 60_000;
  private static final BigDecimal TICK = new BigDecimal("0.10");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final LongSupplier nowMs;
  private final Map<String, String> statuses = new TreeMap<>();
  private final Map<String, Fault> faults = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<Long, Integer> weights = new TreeMap<>();
  private final Map<String, String> types = new HashMap<>();

  private LocalExchange(LongSupplier nowMs, List<String> symbols) throws IOException {
    this.nowMs = nowMs;
    symbols.forEach(symbol -> statuses.put(symbol, "TRADING"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts it.
   *
   * @param nowMs the exchange's clock, epoch milliseconds UTC
   * @param symbols what trades there, in USDT
   */
  public static LocalExchange start(LongSupplier nowMs, List<String> symbols) throws IOException {
    return new LocalExchange(nowMs, symbols);
  }

  /** Returns where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets the status of a symbol from now on. */
  public synchronized void status(String symbol, String status) {
    statuses.put(symbol, status);
  }

  /** Sets the type of a contract from now on; without it is a perpetual one. */
  public synchronized void type(String symbol, String contractType) {
    types.put(symbol, contractType);
  }

  /** Has others at the same address use up weight in the minute that is under way. */
  public synchronized int weigh(int weight) {
    return weights.merge(nowMs.getAsLong() / MINUTE_MS, weight, Integer::sum);
  }

  /** Returns the weight that was used in each minute so far, in order. */
  public synchronized List<Integer> weights() {
    return List.copyOf(weights.values());
  }

  private static int weight(String path) {
    if (path.startsWith("/fapi/v1/premiumIndex")) {
      return 10;
    }
    // Klines of fewer than 100 weigh 1, of fewer than 500 weigh 2.
    boolean isLong = path.matches("/fapi/v1/klines.*limit=[1-4]\\d\\d");
    return isLong ? 2 : 1;
  }

  /** Fails from now on wherever the path and query begin so. */
  public synchronized void fail(String beginning, Fault fault) {
    faults.put(beginning, fault);
  }

  /** Answers as it should from now on. */
  public synchronized void recover() {
    faults.clear();
  }

  /** Returns path and query of each request so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Returns the close of a symbol's minute, quote currency. */
  public static BigDecimal close(String symbol, long openMs) {
    long minute = openMs / MINUTE_MS;
    double wave = Math.sin(minute / 17.0) + Math.sin(minute / 5.0 + symbol.hashCode() % 7) / 3;
    return BigDecimal.valueOf(1000 * (1 + wave / 100)).setScale(1, RoundingMode.HALF_EVEN);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    exchange.getResponseHeaders().set("X-MBX-USED-WEIGHT-1M", "" + weigh(weight(path)));
    try (exchange) {
      Optional<Fault> fault = fault(path);
      if (fault.isEmpty()) {
        send(exchange, path);
        return;
      }
      switch (fault.get()) {
        case Fault.Status status -> {
          if (!status.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", status.retryAfter());
          }
          write(exchange, status.code(), "{\"code\":-1003,\"msg\":\"Way too many requests.\"}");
        }
        case Fault.Closed closed -> {}
        case Fault.Half half -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("[[1499040000000,".getBytes(UTF_8));
          exchange.getResponseBody().flush();
        }
        case Fault.Body body -> write(exchange, 200, body.text());
      }
    }
  }

  private synchronized Optional<Fault> fault(String path) {
    return faults.entrySet().stream()
        .filter(each -> path.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private synchronized void send(HttpExchange exchange, String path) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getQuery());
    switch (exchange.getRequestURI().getPath()) {
      case "/fapi/v1/time" ->
          write(exchange, 200, "{\"serverTime\":%d}".formatted(nowMs.getAsLong()));
      case "/fapi/v1/exchangeInfo" -> write(exchange, 200, contracts());
      case "/fapi/v1/premiumIndex" -> write(exchange, 200, marks());
      case "/fapi/v1/klines" -> {
        boolean known = statuses.containsKey(query.get("symbol"));
        write(
            exchange,
            known ? 200 : 400,
            known ? candles(query) : "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
      }
      default -> write(exchange, 404, "no such path: " + path);
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> values = new HashMap<>();
    for (String part : text == null ? new String[0] : text.split("&", -1)) {
      String[] pair = part.split("=", 2);
      values.put(pair[0], pair[1]);
    }
    return values;
  }

  private String contracts() {
    return statuses.entrySet().stream()
        .map(
            each ->
                """
                {"symbol":"%s","pair":"%s","contractType":"%s","deliveryDate":4133404800000,
                 "onboardDate":1569398400000,"status":"%s","maintMarginPercent":"2.5000",
                 "requiredMarginPercent":"5.0000","baseAsset":"%s","quoteAsset":"USDT",
                 "marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"filters":[
                 {"filterType":"PRICE_FILTER","maxPrice":"4529764","minPrice":"556.80","tickSize":"%s"},
                 {"filterType":"LOT_SIZE","maxQty":"1000","minQty":"0.001","stepSize":"0.001"},
                 {"filterType":"MARKET_LOT_SIZE","maxQty":"120","minQty":"0.002","stepSize":"0.001"},
                 {"filterType":"MAX_NUM_ORDERS","limit":200},
                 {"filterType":"MIN_NOTIONAL","notional":"20"},
                 {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500",
                  "multiplierDecimal":"4"}],"orderTypes":["LIMIT","MARKET"],"timeInForce":["GTC"]}"""
                    .formatted(
                        each.getKey(),
                        each.getKey(),
                        types.getOrDefault(each.getKey(), "PERPETUAL"),
                        each.getValue(),
                        each.getKey().replace("USDT", ""),
                        TICK))
        .collect(
            Collectors.joining(
                ",",
                """
                {"timezone":"UTC","serverTime":1565613908500,"rateLimits":[
                 {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400}],
                 "exchangeFilters":[],"assets":[{"asset":"USDT","marginAvailable":true}],"symbols":[""",
                "]}"));
  }

  private String marks() {
    long now = nowMs.getAsLong();
    return statuses.keySet().stream()
        .map(
            symbol ->
                """
                {"symbol":"%s","markPrice":"%s04562","indexPrice":"1000.00000000",
                 "estimatedSettlePrice":"1000.0","lastFundingRate":"0.00038246",
                 "interestRate":"0.00010000","nextFundingTime":1597392000000,"time":%d}"""
                    .formatted(symbol, close(symbol, now - now % MINUTE_MS).setScale(2), now))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Up to the minute that is under way. */
  private String candles(Map<String, String> query) {
    String symbol = query.get("symbol");
    long from = Math.ceilDiv(Long.parseLong(query.get("startTime")), MINUTE_MS) * MINUTE_MS;
    long most = Long.parseLong(query.get("limit"));
    StringBuilder rows = new StringBuilder("[");
    long now = nowMs.getAsLong();
    for (long open = from; open <= now && open < from + most * MINUTE_MS; open += MINUTE_MS) {
      BigDecimal first = close(symbol, open - MINUTE_MS);
      BigDecimal last = close(symbol, open);
      rows.append(rows.length() > 1 ? "," : "")
          .append(
              "[%d,\"%s0\",\"%s0\",\"%s0\",\"%s0\",\"308.420\",%d,\"308420.1\",1562,\"150.1\",\"1.5\",\"0\"]"
                  .formatted(
                      open,
                      first,
                      first.max(last).add(TICK).setScale(1),
                      first.min(last).subtract(TICK).setScale(1),
                      last,
                      open + MINUTE_MS - 1));
    }
    return rows.append("]").toString();
  }

  private static void write(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
