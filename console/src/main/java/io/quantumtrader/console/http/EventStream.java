package io.quantumtrader.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.view.AccountView;
import io.quantumtrader.console.view.ApprovalView;
import io.quantumtrader.console.view.DecisionRow;
import io.quantumtrader.console.view.PipelineView;
import io.quantumtrader.console.view.PlanView;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events: the state of everything once a second while it changes, and each decision
 * that is new. A browser that lost the connection connects again by itself and is told everything
 * anew; nothing has to be remembered here for it.
 */
final class EventStream {

  private static final long EVERY_MS = 1_000;

  /** A connection that nothing is written to is closed by what lies between. */
  private static final long HEARTBEAT_MS = 10_000;

  private static final long SHARED_NANOS = 500_000_000;
  private static final int MOST_LISTENERS = 64;
  private static final int FIRST_DECISIONS = 100;
  private static final int MOST_DECISIONS = 500;

  private final Book book;
  private final Supplier<Outside> outside;
  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Optional<Made> made = Optional.empty();

  /** The state as JSON, of which version of the book, and when it was made. */
  private record Made(String json, long version, long nanos) {}

  EventStream(Book book, Supplier<Outside> outside) {
    this.book = book;
    this.outside = outside;
  }

  /**
   * Serves a listener until it leaves or this is stopped.
   *
   * @throws BadRequestException where there are too many
   */
  void serve(HttpExchange exchange) throws IOException {
    if (!listeners.tryAcquire()) {
      throw new BadRequestException(503, "there are " + MOST_LISTENERS + " listeners already");
    }
    try {
      Headers headers = exchange.getResponseHeaders();
      Answer.secure(headers);
      headers.set("Content-Type", "text/event-stream; charset=utf-8");
      headers.set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      tell(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  private void tell(OutputStream out) throws IOException, InterruptedException {
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    long told = -1;
    long toldAtMs = 0;
    Map<Integer, Long> offsets = new LinkedHashMap<>();
    boolean first = true;
    do {
      long nowMs = book.wallMs();
      if (book.version() != told || nowMs - toldAtMs >= HEARTBEAT_MS) {
        Made state = state();
        event(out, "state", state.json());
        int most = first ? FIRST_DECISIONS : MOST_DECISIONS;
        List<DecisionRow> decisions = book.read(pages -> newDecisions(pages, offsets, most));
        if (!decisions.isEmpty() || first) {
          event(out, "decisions", Json.text(decisions));
        }
        first = false;
        told = state.version();
        toldAtMs = nowMs;
      }
      out.flush();
    } while (!stopping.await(EVERY_MS, TimeUnit.MILLISECONDS));
  }

  /**
   * Whoever listens, the same is told to all within half a second, and made once. It goes with the
   * version it was made of, so that what came since is told the next time.
   */
  private synchronized Made state() {
    long nowNanos = System.nanoTime();
    if (made.filter(last -> nowNanos - last.nanos() <= SHARED_NANOS).isEmpty()) {
      long version = book.version();
      Outside known = outside.get();
      String json = Json.text(book.read(pages -> state(pages, known)));
      made = Optional.of(new Made(json, version, nowNanos));
    }
    return made.orElseThrow();
  }

  private Map<String, Object> state(Pages pages, Outside known) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("accounts", AccountView.rows(pages, Scope.ALL));
    state.put("positions", PositionView.rows(pages, Scope.ALL));
    state.put("reservations", PlanView.reservations(pages, Scope.ALL));
    state.put("approvals", ApprovalView.rows(pages, Scope.ALL));
    state.put("pipeline", PipelineView.of(pages, known.readers(), book.wallMs()));
    state.put("health", HealthScore.of(pages, known, book.wallMs()));
    return state;
  }

  /** Returns the decisions behind these offsets, the newest first, and moves the offsets on. */
  private static List<DecisionRow> newDecisions(Pages pages, Map<Integer, Long> offsets, int most) {
    List<DecisionRow> rows = new ArrayList<>();
    Map<Integer, Long> newest = new LinkedHashMap<>(offsets);
    for (BookRecord record :
        (Iterable<BookRecord>) pages.streams().newestFirst(Topic.DECISION)::iterator) {
      boolean isNew = record.offset() > offsets.getOrDefault(record.partition(), -1L);
      if (!isNew || rows.size() >= most) {
        break;
      }
      newest.merge(record.partition(), record.offset(), Math::max);
      record.as(Decision.class).map(DecisionRow::of).ifPresent(rows::add);
    }
    offsets.putAll(newest);
    return rows;
  }

  private static void event(OutputStream out, String name, String json) throws IOException {
    out.write(("event: " + name + "\ndata: " + json + "\n\n").getBytes(UTF_8));
  }

  /** Ends all listening. */
  void stop() {
    stopping.countDown();
  }
}
