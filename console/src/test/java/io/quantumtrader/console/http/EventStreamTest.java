package io.quantumtrader.console.http;

import static io.quantumtrader.console.testing.Records.MINUTE;
import static io.quantumtrader.console.testing.Records.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as a browser hears them. */
final class EventStreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private final GivenBook book = TwoAccounts.book();
  private final List<Listener> listeners = new ArrayList<>();
  private GivenServer server;

  @BeforeEach
  void open() throws IOException {
    server = GivenServer.of(book);
  }

  @AfterEach
  void close() {
    listeners.forEach(Listener::close);
    server.close();
    client.shutdownNow();
  }

  /** A connection; each next event is waited for. */
  private final class Listener implements AutoCloseable {

    private final HttpResponse<Stream<String>> answer;
    private final Iterator<String> lines;

    private Listener() throws Exception {
      HttpRequest request = HttpRequest.newBuilder(URI.create(server.url("/api/events"))).build();
      answer =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      lines = answer.body().iterator();
      listeners.add(this);
    }

    /** Returns the data of the next event of a name. */
    private JsonNode next(String name) throws Exception {
      return CompletableFuture.supplyAsync(() -> read(name))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private JsonNode read(String name) {
      while (lines.hasNext()) {
        if (lines.next().equals("event: " + name)) {
          try {
            return new ObjectMapper().readTree(lines.next().substring("data: ".length()));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        }
      }
      throw new AssertionError("the events ended before one of " + name);
    }

    @Override
    public void close() {
      answer.body().close();
    }
  }

  private void decide(int partition, String account, String cause) {
    book.tell(
        Topic.DECISION,
        partition,
        account,
        Records.decision(account, cause, "MIN_NOTIONAL").build());
  }

  private static List<String> causes(JsonNode decisions) {
    return decisions.findValuesAsText("causeId");
  }

  @Test
  void shouldTellTheStateFirstAndThenEachDecisionOnce() throws Exception {
    // given
    Listener listener = new Listener();
    assertThat(listener.answer.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(listener.answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(listener.answer.headers().firstValue("Content-Security-Policy")).isPresent();

    // when, then
    JsonNode state = listener.next("state");
    assertThat(state.get("accounts")).hasSize(2);
    assertThat(state.get("positions")).hasSize(1);
    assertThat(state.get("reservations")).hasSize(1);
    assertThat(state.at("/health/score").asInt()).isEqualTo(95);
    assertThat(state.at("/pipeline/readers/0/behind").asLong()).isEqualTo(3);
    assertThat(causes(listener.next("decisions"))).hasSize(6).startsWith("i-hold", "i-small");

    // when: one more in each partition
    decide(0, TwoAccounts.ALPHA, "i-next");
    assertThat(causes(listener.next("decisions"))).containsExactly("i-next");
    decide(1, TwoAccounts.BETA, "i-third");
    assertThat(causes(listener.next("decisions"))).containsExactly("i-third");
  }

  @Test
  void shouldTellASecondConnectionEverythingAnew() throws Exception {
    // given
    Listener first = new Listener();
    first.next("decisions");
    decide(0, TwoAccounts.ALPHA, "i-next");
    assertThat(causes(first.next("decisions"))).containsExactly("i-next");
    first.close();

    // when
    Listener second = new Listener();

    // then
    assertThat(second.next("state").get("accounts")).hasSize(2);
    assertThat(causes(second.next("decisions"))).hasSize(7).startsWith("i-next");
  }

  @Test
  void shouldTellEachListenerWhatChanged() throws Exception {
    // given
    List<Listener> both = List.of(new Listener(), new Listener());
    for (Listener each : both) {
      assertThat(each.next("state").at("/pipeline/nowMs").asLong()).isEqualTo(NOW + MINUTE);
    }

    // when
    book.tell(Topic.CLOCK, "0", Records.clock(NOW + 2 * MINUTE));

    // then: one that was told an older state is told again
    for (Listener each : both) {
      long told = 0;
      for (int event = 0; event < 20 && told != NOW + 2 * MINUTE; event++) {
        told = each.next("state").at("/pipeline/nowMs").asLong();
      }
      assertThat(told).isEqualTo(NOW + 2 * MINUTE);
    }
  }

  @Test
  void shouldLetListenersGoWhenItCloses() throws Exception {
    Listener listener = new Listener();
    listener.next("state");

    server.close();

    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              try {
                listener.lines.forEachRemaining(line -> {});
              } catch (RuntimeException cut) {
                // Let go either way.
              }
            });
    assertThat(end).succeedsWithin(PATIENCE);
  }
}
