package io.quantumtrader.execution.twin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.execution.twin.core.Refused;
import io.quantumtrader.execution.twin.engine.ListenKeys;
import io.quantumtrader.execution.twin.engine.RateLimits;
import io.quantumtrader.execution.twin.engine.TwinEngine;
import io.quantumtrader.execution.twin.engine.TwinKeys;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import io.quantumtrader.execution.twin.stream.ApiDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST interface on a port of its own, with threads of its own. */
public final class RestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final int THREADS = 8;
  private static final int LONGEST_BODY = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads;
  private final TwinEngine engine;
  private final RestGate gate;
  private final WebSocketApi api;
  private final TwinControl control;

  /**
   * Starts it.
   *
   * @param address where it listens; port 0 takes a free one
   * @throws IOException if it cannot listen there
   */
  public RestServer(
      InetSocketAddress address,
      TwinEngine engine,
      TwinKeys keys,
      RateLimits limits,
      ListenKeys listenKeys,
      TwinControl control)
      throws IOException {
    this.engine = engine;
    this.control = control;
    List<Route> routes = routes(engine, keys, limits.limits(), listenKeys);
    gate = new RestGate(engine, keys, limits, routes);
    api = new WebSocketApi(engine, keys, limits.limits(), gate);
    server = HttpServer.create(address, 0);
    threads = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "twin-rest"));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Returns all addresses there are, beside the twin's own. */
  static List<Route> routes(
      TwinEngine engine, TwinKeys keys, TwinLimits limits, ListenKeys listenKeys) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new MarketRoutes(engine, limits).routes());
    routes.addAll(new OrderRoutes(engine).routes());
    routes.addAll(new AlgoRoutes(engine).routes());
    routes.addAll(new AccountRoutes(engine, keys).routes());
    routes.addAll(new MarginRoutes(engine).routes());
    routes.addAll(new ListenKeyRoutes(engine, listenKeys).routes());
    return List.copyOf(routes);
  }

  /** Returns the same over a WebSocket. */
  public ApiDoor api() {
    return api;
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Executes the requests that were held up on their way and have arrived by now. */
  public void tick() {
    gate.arrive();
  }

  @Override
  public void close() {
    server.stop(0);
    api.close();
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      String body = body(exchange);
      RestAnswer answer;
      if (path.startsWith(TwinControl.PREFIX)) {
        answer = control.answer(method, path, query(exchange), body);
      } else {
        if (!waited(engine.faults().latencyMs())) {
          return;
        }
        answer = answered(request(exchange, method, path, body));
      }
      // Without a word the server closes the connection.
      if (waited(answer.waitMs()) && !answer.isCut()) {
        send(exchange, answer);
      }
    }
  }

  /** Answers as the exchange does where it has a fault of its own, and says so in the log. */
  private RestAnswer answered(RestRequest request) {
    try {
      return gate.answer(request);
    } catch (RuntimeException fault) {
      LOG.error("The twin failed at {} {}", request.method(), request.path(), fault);
      Refused unknown = new Refused(500, -1000, "An unknown error occurred.");
      return RestAnswer.error(unknown, Map.of());
    }
  }

  static boolean waited(long ms) {
    try {
      if (ms > 0) {
        Thread.sleep(ms);
      }
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static RestRequest request(
      HttpExchange exchange, String method, String path, String body) {
    String key =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-MBX-APIKEY")).orElse("");
    String address = exchange.getRemoteAddress().getAddress().getHostAddress();
    return new RestRequest(method, path, query(exchange), body, key, address);
  }

  private static String query(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
  }

  private static String body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      return new String(in.readNBytes(LONGEST_BODY), UTF_8);
    }
  }

  private static void send(HttpExchange exchange, RestAnswer answer) throws IOException {
    byte[] bytes = answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.httpStatus(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
