package io.quantumtrader.execution.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.Pause;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.SignedRest;
import io.quantumtrader.binance.SignedRest.RestSettings;
import io.quantumtrader.binance.Signer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * An exchange that answers what a test says, also what no exchange should. A body that begins with
 * a code below 0 is a refusal.
 */
final class ScriptedRest implements AutoCloseable {

  private final HttpServer server;
  private final SignedRest rest;
  private final Map<String, Function<Map<String, String>, String>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  ScriptedRest(LongSupplier nowMs) throws IOException {
    this(nowMs, nowMs);
  }

  /**
   * Starts it where this machine's clock is another than the exchange's.
   *
   * @param nowMs the exchange's, epoch milliseconds UTC
   * @param wallMs this machine's
   */
  ScriptedRest(LongSupplier nowMs, LongSupplier wallMs) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answer("/fapi/v1/time", query -> "{\"serverTime\":" + nowMs.getAsLong() + "}");
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    rest =
        new SignedRest(
            BinanceEnvironment.at("scripted", url, url),
            new ApiKey("main", "key", Signer.hmac("secret")),
            RestSettings.STANDARD,
            wallMs,
            RateBudget.documented(),
            SessionRecorder.none(),
            Pause.SLEEP);
  }

  SignedRest rest() {
    return rest;
  }

  /** Answers a path from now on by what was asked. */
  synchronized void answer(String path, Function<Map<String, String>, String> answer) {
    answers.put(path, answer);
  }

  /** Answers a path from now on. */
  void answer(String path, String body) {
    answer(path, query -> body);
  }

  /** Returns the paths that were asked for, in order. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Returns the methods and paths that were asked for, in order. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private synchronized void answer(HttpExchange request) throws IOException {
    String path = request.getRequestURI().getPath();
    asked.add(path);
    requests.add(request.getRequestMethod() + " " + path);
    Map<String, String> query = new HashMap<>();
    String text = request.getRequestURI().getQuery();
    for (String each : text == null ? new String[0] : text.split("&")) {
      query.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    byte[] body = answers.getOrDefault(path, unknown -> "[]").apply(query).getBytes(UTF_8);
    int status = new String(body, UTF_8).startsWith("{\"code\":-") ? 400 : 200;
    request.sendResponseHeaders(status, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  @Override
  public void close() {
    rest.close();
    server.stop(0);
  }
}
