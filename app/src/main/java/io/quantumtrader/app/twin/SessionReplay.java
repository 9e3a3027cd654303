package io.quantumtrader.app.twin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.compare.AnswerComparison;
import io.quantumtrader.execution.twin.compare.ComparisonReport;
import io.quantumtrader.execution.twin.compare.GivenIds;
import io.quantumtrader.execution.twin.compare.RecordedSession;
import io.quantumtrader.execution.twin.compare.SessionLine;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import io.quantumtrader.execution.twin.compare.SessionMarket;
import io.quantumtrader.execution.twin.compare.SessionSetup;
import io.quantumtrader.execution.twin.core.Tape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the requests of a session to a twin of its own, whose clock is the session's: what was in
 * time then is in time now. Its keys are made up and known to nobody else.
 */
final class SessionReplay {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int KEY_BYTES = 32;
  private static final String TIME = "GET /fapi/v1/time";

  private final RecordedSession session;
  private final SessionMarket market;
  private final Screen screen;
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final AtomicLong clock = new AtomicLong();
  private final GivenIds ids = new GivenIds();
  private final ComparisonReport.Builder report = new ComparisonReport.Builder();
  private final Set<String> listed = new HashSet<>();
  private long offsetMs;

  SessionReplay(RecordedSession session, Screen screen) {
    this.session = session;
    this.market = new SessionMarket(session);
    this.screen = screen;
    for (String account : session.accounts()) {
      keys.put(account, random());
      secrets.put(account, random());
    }
  }

  private static String random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Replays, and returns what came of it.
   *
   * @throws IllegalArgumentException where the session does not say enough to set up a twin
   * @throws IOException where the twin cannot listen or does not answer
   */
  ComparisonReport run() throws IOException, InterruptedException {
    session.answers(TIME).stream().findFirst().ifPresent(this::measure);
    clock.set(session.lines().getFirst().atMs() + offsetMs);
    SessionSetup setup = new SessionSetup(session, market);
    Set<String> placed = session.placedIds();
    try (ExchangeTwin twin =
            ExchangeTwin.start(setup.settings(keys::get, secrets::get, clock::get));
        HttpClient http = HttpClient.newHttpClient()) {
      List<String> notes = new ArrayList<>();
      twin.change(
          (core, now) -> {
            core.tapes().stream().map(Tape::symbol).forEach(each -> listed.add(each.symbol()));
            notes.addAll(setup.apply(core, now));
          });
      report.notes(notes);
      int last = session.lines().getLast().number();
      for (SessionLine line : session.inOrderOfEvents(offsetMs)) {
        screen.status("line " + line.number() + " of " + last);
        next(twin, http, line, placed);
      }
    }
    return report.build();
  }

  private void next(ExchangeTwin twin, HttpClient http, SessionLine line, Set<String> placed)
      throws IOException, InterruptedException {
    advance(twin, line);
    // Of a message its prices are all that is needed.
    if (!(line instanceof Request request)) {
      return;
    }
    if (request.isLimited()) {
      report.limited();
    } else if (request.isUnresolved()) {
      if (session.wasDone(request)) {
        HttpResponse<String> unused = send(twin, http, request);
      }
      report.unresolved();
    } else {
      HttpResponse<String> answer = send(twin, http, request);
      AnswerComparison.Result result =
          AnswerComparison.of(request, answer.statusCode(), MAPPER.readTree(answer.body()), placed);
      ids.learn(result.ids());
      report.compared(result.differences());
    }
  }

  /** Lets the twin come to the time of a line, and see the prices that it tells of. */
  private void advance(ExchangeTwin twin, SessionLine line) {
    if (line instanceof Request request && request.succeeded() && request.asked().equals(TIME)) {
      measure(request);
    }
    clock.accumulateAndGet(line.atMs() + offsetMs, Math::max);
    twin.tick();
    market.told(line).forEach(price -> see(twin, price));
    if (line instanceof Request request) {
      market.fill(request).ifPresent(price -> see(twin, price));
    }
  }

  private void measure(Request time) {
    offsetMs = time.answer().path("serverTime").asLong(time.atMs()) - time.atMs();
  }

  private void see(ExchangeTwin twin, SessionMarket.Price price) {
    if (listed.contains(price.symbol())) {
      twin.price(price.symbol(), price.price());
    }
  }

  private HttpResponse<String> send(ExchangeTwin twin, HttpClient http, Request request)
      throws IOException, InterruptedException {
    String query = ids.translate(request);
    if (request.parameters().containsKey("timestamp")) {
      String signature = Signer.hmac(secrets.get(request.account())).sign(query);
      query += "&signature=" + signature;
    }
    String target = twin.restUrl() + request.path() + (query.isEmpty() ? "" : "?" + query);
    HttpRequest sent =
        HttpRequest.newBuilder(URI.create(target))
            .header("X-MBX-APIKEY", keys.get(request.account()))
            .timeout(PATIENCE)
            .method(request.method(), BodyPublishers.noBody())
            .build();
    return http.send(sent, BodyHandlers.ofString(UTF_8));
  }
}
