package io.quantumtrader.binance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;

/** How the exchange is spoken to over HTTP, with a key or without. */
final class RestHttp {

  /** Header of each answer: the weight that this address has used in this minute. */
  static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";

  /** The longest that the exchange bans an address. */
  static final Duration LONGEST_WAIT = Duration.ofDays(3);

  /** Without Retry-After: the limit is counted by the minute. */
  private static final Duration UNTIL_THE_NEXT_MINUTE = Duration.ofSeconds(60);

  private RestHttp() {}

  /** Returns a client that follows no redirect: a signed request goes nowhere else. */
  static HttpClient client(Duration answersWithin) {
    return HttpClient.newBuilder()
        .connectTimeout(answersWithin)
        .followRedirects(Redirect.NEVER)
        .build();
  }

  /** Returns an address to which a path can be appended. */
  static String base(URI uri) {
    return uri.toString().replaceFirst("/+$", "");
  }

  /** Returns a header's whole number, 0 or more; empty where it has none. */
  static OptionalInt count(HttpResponse<?> answer, String header) {
    String value = answer.headers().firstValue(header).orElse("").strip();
    return value.matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }

  /** Returns how long not to ask, by an answer that says so; at least a second. */
  static Duration retryAfter(HttpResponse<?> answer) {
    return retryAfter(count(answer, "Retry-After"));
  }

  /**
   * Returns how long not to ask.
   *
   * @param seconds as the exchange says; empty where it does not
   */
  static Duration retryAfter(OptionalInt seconds) {
    return seconds.isEmpty()
        ? UNTIL_THE_NEXT_MINUTE
        : Duration.ofSeconds(Math.clamp(seconds.getAsInt(), 1, LONGEST_WAIT.toSeconds()));
  }

  /** Returns why there was no answer, on one line. */
  static String reason(IOException e) {
    String said = e.getMessage() == null ? "" : ": " + e.getMessage();
    return Reply.Json.oneLine(e.getClass().getSimpleName() + said);
  }
}
