package io.quantumtrader.binance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Requests, the weight that they have used up, and the time that the exchange forbids to ask in.
 */
final class BinanceRest implements AutoCloseable {

  private final HttpClient http;
  private final String url;
  private final Duration answersWithin;
  private final AnswerAge answers = AnswerAge.system();
  private volatile int usedWeight;
  private boolean held;
  private long heldUntilNanos;

  BinanceRest(URI url, Duration answersWithin) {
    this.url = RestHttp.base(url);
    this.answersWithin = answersWithin;
    this.http = RestHttp.client(answersWithin);
  }

  Answer get(String path) throws InterruptedException {
    refuseWhileHeld();
    String asked = url + path;
    HttpResponse<String> answer = send(asked);
    answers.answered();
    RestHttp.count(answer, RestHttp.USED_WEIGHT).ifPresent(used -> usedWeight = used);
    int status = answer.statusCode();
    if (status == 200) {
      return Answer.of(asked, answer.body());
    }
    String said = "%s answered %d: %s".formatted(asked, status, Reply.Json.oneLine(answer.body()));
    if (status == 429 || status == 418) {
      Duration wait = RestHttp.retryAfter(answer);
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
      throw MarketDataException.unavailable(asked + " does not answer: " + RestHttp.reason(e), e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
