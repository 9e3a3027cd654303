package io.quantumtrader.binance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Requests, the weight that they have used up, and the time that the exchange forbids to ask in.
 */
final class BinanceRest implements AutoCloseable {

  /** Without Retry-After: the limit is counted by the minute. */
  private static final Duration UNTIL_THE_NEXT_MINUTE = Duration.ofSeconds(60);

  private static final long LONGEST_WAIT_SECONDS = Duration.ofDays(3).toSeconds();

  private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";

  private static final int LONGEST_REASON = 160;

  private final HttpClient http;
  private final String url;
  private final Duration answersWithin;
  private final AnswerAge answers = AnswerAge.system();
  private volatile int usedWeight;
  private boolean held;
  private long heldUntilNanos;

  BinanceRest(URI url, Duration answersWithin) {
    this.url = url.toString().replaceFirst("/+$", "");
    this.answersWithin = answersWithin;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(answersWithin)
            .followRedirects(Redirect.NEVER)
            .build();
  }

  Answer get(String path) throws InterruptedException {
    refuseWhileHeld();
    String asked = url + path;
    HttpResponse<String> answer = send(asked);
    answers.answered();
    noteWeight(answer);
    int status = answer.statusCode();
    if (status == 200) {
      return Answer.of(asked, answer.body());
    }
    String said = "%s answered %d: %s".formatted(asked, status, reason(answer.body()));
    if (status == 429 || status == 418) {
      Duration wait = retryAfter(answer);
      hold(wait);
      throw MarketDataException.limited(said, wait);
    }
    throw status == 400 || status == 404
        ? MarketDataException.refused(said)
        : MarketDataException.unavailable(said, null);
  }

  AnswerAge answers() {
    return answers;
  }

  /** Returns what the newest answer said, 0 where none did. */
  int usedWeight() {
    return usedWeight;
  }

  private void noteWeight(HttpResponse<String> answer) {
    String said = answer.headers().firstValue(USED_WEIGHT).orElse("").strip();
    if (said.matches("\\d{1,9}")) {
      usedWeight = Integer.parseInt(said);
    }
  }

  private synchronized void hold(Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    // Of several answers the longest wait holds.
    heldUntilNanos = held && heldUntilNanos - until > 0 ? heldUntilNanos : until;
    held = true;
  }

  private synchronized void refuseWhileHeld() {
    if (held) {
      Duration left = Duration.ofNanos(heldUntilNanos - System.nanoTime());
      if (left.isPositive()) {
        throw MarketDataException.limited(
            "%s must not be called for another %d s: rate limit exceeded"
                .formatted(url, left.toSeconds() + 1),
            left);
      }
      held = false;
    }
  }

  private HttpResponse<String> send(String asked) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(asked))
            .timeout(answersWithin)
            .header("Accept", "application/json")
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw MarketDataException.unavailable(asked + " does not answer: " + oneLine(why), e);
    }
  }

  private static Duration retryAfter(HttpResponse<String> answer) {
    String said = answer.headers().firstValue("Retry-After").orElse("").strip();
    if (!said.matches("\\d{1,9}")) {
      return UNTIL_THE_NEXT_MINUTE;
    }
    return Duration.ofSeconds(Math.clamp(Long.parseLong(said), 1, LONGEST_WAIT_SECONDS));
  }

  private static String reason(String body) {
    String line = oneLine(body);
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip().replaceAll("\\p{Cntrl}", "");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
