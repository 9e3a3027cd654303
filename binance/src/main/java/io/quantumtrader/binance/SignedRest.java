package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.binance.Call.Proof;
import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply.Limited;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.Reply.Unanswered;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the requests of one account, signed with its key, and reads what came of them. A request is
 * sent once; only one whose time the exchange did not believe (-1021), which it has not looked at
 * otherwise, is signed anew with the exchange's time and sent once more. It never throws for what
 * an exchange does. Safe for use by several threads.
 */
public final class SignedRest implements AutoCloseable {

  private static final String HIDDEN = "***";
  private static final Logger LOG = LoggerFactory.getLogger(SignedRest.class);

  private static final int TIME_NOT_BELIEVED = -1021;
  private static final Call TIME =
      new Call(
          "GET", "/fapi/v1/time", Map.of(), Proof.NONE, 1, false, Urgency.EXIT, Long.MAX_VALUE);

  private final String rest;
  private final Optional<String> sapi;
  private final ApiKey key;
  private final RestSettings settings;
  private final LongSupplier wallMs;
  private final RateBudget budget;
  private final SessionRecorder recorder;
  private final Pause pause;
  private final HttpClient http;
  private final AnswerAge answers = AnswerAge.system();
  private volatile Optional<Long> offsetMs = Optional.empty();

  /**
   * Makes the client; nothing is sent yet.
   *
   * @param wallMs wall time, epoch milliseconds UTC
   * @param budget what may be asked; shared by all that ask from this address
   * @param pause waits for the turn of an exit
   */
  public SignedRest(
      BinanceEnvironment environment,
      ApiKey key,
      RestSettings settings,
      LongSupplier wallMs,
      RateBudget budget,
      SessionRecorder recorder,
      Pause pause) {
    this.rest = RestHttp.base(environment.rest());
    this.sapi = Optional.ofNullable(environment.sapi()).map(RestHttp::base);
    this.key = key;
    this.settings = settings;
    this.wallMs = wallMs;
    this.budget = budget;
    this.recorder = recorder;
    this.pause = pause;
    this.http = RestHttp.client(settings.answersWithin());
  }

  /** Returns our name of the account. */
  public String account() {
    return key.account();
  }

  /** Returns how long after its time a request may still be taken, milliseconds. */
  public long receiveWindowMs() {
    return settings.receiveWindowMs();
  }

  /** Returns what is to be added to the wall time to get the exchange's; empty before the first. */
  public Optional<Long> offsetMs() {
    return offsetMs;
  }

  /** Returns how long ago the exchange last answered, whatever it said. */
  public AnswerAge answers() {
    return answers;
  }

  /** Returns the exchange's time as far as it is known, epoch milliseconds UTC. */
  public long exchangeMs() {
    return wallMs.getAsLong() + offsetMs.orElse(0L);
  }

  /** Sends a request and returns what came of it. */
  public Reply send(Call call) {
    if (call.proof() == Proof.SIGNED && offsetMs.isEmpty() && !(measure() instanceof Success)) {
      return new Unanswered("nothing was sent: the exchange does not tell its time", false);
    }
    Reply reply = sendOnce(call);
    boolean late = reply instanceof Refused refused && refused.code() == TIME_NOT_BELIEVED;
    if (!late || call.proof() != Proof.SIGNED) {
      return reply;
    }
    return measure() instanceof Success ? sendOnce(call) : reply;
  }

  /** Asks for the exchange's time, and keeps how far the wall time is off. */
  public Reply measure() {
    long askedMs = wallMs.getAsLong();
    Reply reply = sendOnce(TIME);
    if (!(reply instanceof Success success)) {
      return reply;
    }
    long answeredMs = wallMs.getAsLong();
    long serverMs = success.body().path("serverTime").asLong(0);
    if (serverMs <= 0) {
      return new Unanswered("the exchange's time is not a time");
    }
    // Half of the way counts: the answer is as old as the way back was long.
    offsetMs = Optional.of(serverMs - (askedMs + (answeredMs - askedMs) / 2));
    return reply;
  }

  private Reply sendOnce(Call call) {
    if (isLate(call)) {
      return tooLate(call);
    }
    RateBudget.Leave leave =
        budget.leave(
            key.account(), call.weight(), call.order(), call.urgency(), wallMs.getAsLong());
    if (leave.inMs() > 0) {
      pause.of(leave.inMs());
    }
    // While it waited for its turn it may have come too late, or the address may have been banned.
    Optional<Limited> refused = leave.refused().or(() -> budget.ban(wallMs.getAsLong()));
    if (refused.isPresent()) {
      return refused.get();
    }
    if (isLate(call)) {
      return tooLate(call);
    }
    Optional<String> base = call.path().startsWith("/sapi/") ? sapi : Optional.of(rest);
    return base.isEmpty()
        ? new Refused(0, 0, "this environment does not have " + call.path())
        : exchange(base.get(), call);
  }

  private boolean isLate(Call call) {
    return wallMs.getAsLong() > call.notAfterMs();
  }

  private static Reply tooLate(Call call) {
    return new Unanswered("nothing was sent: it is too late for " + call.path(), false);
  }

  private Reply exchange(String base, Call call) {
    boolean signed = call.proof() == Proof.SIGNED;
    String query = signed ? timed(call).query() : call.query();
    String signature = signed ? key.signer().sign(query) : "";
    try {
      HttpResponse<String> answer =
          http.send(request(base, call, query, signature), BodyHandlers.ofString());
      answers.answered();
      String said = withoutProof(answer.body(), signature);
      recorder.answered(
          key.account(), call.method(), call.path(), query, answer.statusCode(), said);
      return read(call, answer, said);
    } catch (IOException e) {
      return unanswered(call, query, RestHttp.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unanswered(call, query, "interrupted");
    }
  }

  private Call timed(Call call) {
    return call.with("recvWindow", settings.receiveWindowMs()).with("timestamp", exchangeMs());
  }

  /**
   * A server on the way that cannot serve a request may answer with a page that repeats it. What is
   * told of an answer goes to logs and records.
   */
  private String withoutProof(String body, String signature) {
    String without = body.replace(key.id(), HIDDEN);
    return signature.isEmpty()
        ? without
        : without.replace(URLEncoder.encode(signature, UTF_8), HIDDEN).replace(signature, HIDDEN);
  }

  private HttpRequest request(String base, Call call, String query, String signature) {
    String sent =
        signature.isEmpty() ? query : query + "&signature=" + URLEncoder.encode(signature, UTF_8);
    String uri = base + call.path() + (sent.isEmpty() ? "" : "?" + sent);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(settings.answersWithin())
            .header("Accept", "application/json")
            .method(call.method(), BodyPublishers.noBody());
    if (call.proof() != Proof.NONE) {
      request.header("X-MBX-APIKEY", key.id());
    }
    return request.build();
  }

  private Reply unanswered(Call call, String query, String why) {
    recorder.answered(key.account(), call.method(), call.path(), query, 0, why);
    return new Unanswered(call.method() + " " + call.path() + " was not answered: " + why);
  }

  private Reply read(Call call, HttpResponse<String> answer, String said) {
    long nowMs = wallMs.getAsLong();
    RestHttp.count(answer, RestHttp.USED_WEIGHT).ifPresent(used -> budget.usedWeight(used, nowMs));
    if (call.order()) {
      String account = key.account();
      RestHttp.count(answer, "X-MBX-ORDER-COUNT-10S")
          .ifPresent(used -> budget.ordersInTenSeconds(account, used, nowMs));
      RestHttp.count(answer, "X-MBX-ORDER-COUNT-1M")
          .ifPresent(used -> budget.ordersInMinute(account, used, nowMs));
    }
    Reply reply =
        Reply.of(answer.statusCode(), said, nowMs + RestHttp.retryAfter(answer).toMillis());
    if (reply instanceof Limited limited) {
      LOG.warn(
          "{}: {} limit until {}: {}",
          key.account(),
          limited.limit(),
          Instant.ofEpochMilli(limited.untilMs()),
          limited.message());
      budget.hold(key.account(), limited);
    }
    return reply;
  }

  @Override
  public String toString() {
    return "requests of " + key.account();
  }

  /** Ends what is on its way. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  /**
   * How requests are sent.
   *
   * @param answersWithin how long an answer may take, above 0
   * @param receiveWindowMs how long after its time the exchange may take a request, 1 to 60000 ms
   */
  public record RestSettings(Duration answersWithin, long receiveWindowMs) {

    /** Five seconds each, the exchange's own default. */
    public static final RestSettings STANDARD = new RestSettings(Duration.ofSeconds(5), 5_000);

    public RestSettings {
      if (!answersWithin.isPositive()) {
        throw new IllegalArgumentException("answersWithin must be above 0: " + answersWithin);
      }
      if (receiveWindowMs < 1 || receiveWindowMs > 60_000) {
        throw new IllegalArgumentException(
            "receiveWindowMs must be 1 to 60000: " + receiveWindowMs);
      }
    }
  }
}
