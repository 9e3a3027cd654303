package io.quantumtrader.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /metrics} in Prometheus' text format, and {@code GET /health} with 200 and
 * {@code {"status":"UP"}}, or 503, {@code DOWN} and the reasons. Everything else is 404, any other
 * method 405.
 */
public final class MetricsEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads;

  private record Answer(int code, String type, String body) {}

  private MetricsEndpoint(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens it.
   *
   * @param address where it listens; port 0 takes a free one
   * @throws IOException if the address is taken or not of this machine
   */
  public static MetricsEndpoint open(
      InetSocketAddress address, PrometheusMeterRegistry registry, Health health)
      throws IOException {
    HttpServer server = HttpServer.create(address, 16);
    // Two: a scrape must not hold back the health check, nor the other way round.
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("quantum-metrics-", 0).factory());
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, "/metrics", () -> new Answer(200, TEXT, registry.scrape())));
    server.createContext(
        "/health", exchange -> answer(exchange, "/health", () -> health(health.reasons())));
    server.createContext("/", exchange -> answer(exchange, "", () -> notFound()));
    server.start();
    return new MetricsEndpoint(server, threads);
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static Answer notFound() {
    return new Answer(404, TEXT, "This port serves /metrics and /health.\n");
  }

  private static Answer health(Map<String, String> reasons) {
    ObjectNode body = JSON.createObjectNode();
    body.put("status", reasons.isEmpty() ? "UP" : "DOWN");
    ObjectNode why = body.putObject("reasons");
    reasons.forEach(why::put);
    return new Answer(reasons.isEmpty() ? 200 : 503, "application/json", body + "\n");
  }

  private static void answer(HttpExchange exchange, String path, Supplier<Answer> make)
      throws IOException {
    try (exchange) {
      Answer answer;
      if (!exchange.getRequestMethod().equals("GET")) {
        answer = new Answer(405, TEXT, "GET only.\n");
      } else if (!path.isEmpty() && !exchange.getRequestURI().getPath().equals(path)) {
        answer = notFound();
      } else {
        answer = made(make);
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer made(Supplier<Answer> make) {
    try {
      return make.get();
    } catch (RuntimeException failed) {
      LOG.warn("a scrape failed", failed);
      return new Answer(500, TEXT, "failed: " + failed + "\n");
    }
  }

  /** Closes it; answers under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
