package io.quantumtrader.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/**
 * How everything is answered: with the headers that keep a browser from doing what it should not.
 */
final class Answer {

  static final String JSON = "application/json; charset=utf-8";
  static final String CSV = "text/csv; charset=utf-8";

  /** No script, style, picture or address but this server's own, and no frame around it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> SECURITY =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

  private Answer() {}

  /** Sets the headers that every answer has. */
  static void secure(Headers headers) {
    SECURITY.forEach(headers::set);
  }

  /** Answers with a text that is of this moment: nobody may keep it. */
  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    send(exchange, status, type, text.getBytes(UTF_8));
  }

  /** Answers with bytes. */
  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    secure(headers);
    headers.set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Answers with what is wrong, as JSON. */
  static void error(HttpExchange exchange, int status, String message) throws IOException {
    send(exchange, status, JSON, Json.text(Map.of("error", message)) + "\n");
  }
}
