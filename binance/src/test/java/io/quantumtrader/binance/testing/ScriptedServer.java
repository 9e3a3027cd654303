package io.quantumtrader.binance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on the loopback interface that answers as it was told: by method and path, one answer
 * after the other, the last one from then on. It keeps what it was asked.
 */
public final class ScriptedServer implements AutoCloseable {

  /**
   * An answer.
   *
   * @param status HTTP status; 0 closes the connection without a word
   * @param body its body
   * @param headers its headers
   */
  public record Said(int status, String body, Map<String, String> headers) {

    /** Makes an answer without headers. */
    public static Said of(int status, String body) {
      return new Said(status, body, Map.of());
    }
  }

  /** A request as it came. */
  public record Asked(String method, String path, String query, String key) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, Deque<Said>> script = new HashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Starts it on a free port. */
  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds an answer to a method and path, for example {@code GET /fapi/v1/time}. */
  public synchronized ScriptedServer say(String methodAndPath, Said said) {
    script.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(said);
    return this;
  }

  /** Adds an answer with status 200. */
  public ScriptedServer say(String methodAndPath, String body) {
    return say(methodAndPath, Said.of(200, body));
  }

  /** Returns what it was asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private synchronized Said next(String methodAndPath) {
    Deque<Said> left = script.getOrDefault(methodAndPath, new ArrayDeque<>());
    if (left.isEmpty()) {
      return Said.of(404, "{\"code\":-5000,\"msg\":\"nothing scripted\"}");
    }
    return left.size() > 1 ? left.remove() : left.peek();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = exchange.getRequestURI().getRawQuery();
      String key = exchange.getRequestHeaders().getFirst("X-MBX-APIKEY");
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              path,
              query == null ? "" : query,
              key == null ? "" : key));
      Said said = next(exchange.getRequestMethod() + " " + path);
      if (said.status() == 0) {
        return;
      }
      said.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = said.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
