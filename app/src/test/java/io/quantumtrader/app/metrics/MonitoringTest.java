package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each part of a process adds to its health. */
final class MonitoringTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  private final Monitoring monitoring =
      Monitoring.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @AfterEach
  void close() {
    monitoring.close();
  }

  private Map<String, String> reasons() {
    return monitoring.health().reasons();
  }

  @Test
  void shouldBeDownWhereBrokerAndRegistryAreAway() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    monitoring.servers(
        Map.of("bootstrap.servers", "127.0.0.1:" + port),
        new RecordSerdes(Map.of("schema.registry.url", "http://127.0.0.1:" + port)));
    monitoring.started();
    assertThat(reasons()).isEmpty();

    await().atMost(SOON).until(() -> reasons().size() == 2);
    assertThat(reasons().get("broker")).startsWith("the broker has not answered for ");
    assertThat(reasons().get("schema registry"))
        .startsWith("the schema registry has not answered for ");
  }

  @Test
  void shouldBeDownWhereNoClockEverCame() {
    AtomicLong nowMs = new AtomicLong(7);
    monitoring.expectClock(nowMs::get);
    monitoring.started();
    nowMs.set(7 + 29_999);
    assertThat(reasons()).isEmpty();

    nowMs.set(7 + 30_000);
    assertThat(reasons())
        .containsExactly(
            Map.entry("first clock", "no step of the clock for 30 s: is there a feed?"));
  }

  @Test
  void shouldBeDownWhileAConnectorDoesNotRun() {
    AtomicReference<ConnectorWatch.View> view =
        new AtomicReference<>(new ConnectorWatch.View(false, true, "task 0 has failed: no memory"));
    monitoring.connectors(
        new ConnectorWatch.Connectors() {
          @Override
          public ConnectorWatch.View view(String name) {
            return view.get();
          }

          @Override
          public boolean restart(String name) {
            return true;
          }
        },
        List.of("sink"));
    monitoring.started();

    await().atMost(SOON).until(() -> !reasons().isEmpty());
    assertThat(reasons().get("connectors")).startsWith("sink: task 0 has failed: no memory");

    view.set(new ConnectorWatch.View(true, false, ""));
    await().atMost(SOON).until(() -> reasons().isEmpty());
  }

  @Test
  void shouldBeDownWhileTheFeedWaitsAndWhereItStandsWithoutAWord() {
    AtomicReference<String> waits = new AtomicReference<>();
    AtomicLong last = new AtomicLong(System.currentTimeMillis() + 3_600_000);
    monitoring.feed(last::get, () -> Optional.ofNullable(waits.get()), Duration.ofMillis(1));
    monitoring.started();
    assertThat(reasons()).isEmpty();

    waits.set("the broker does not accept its records, for 7 s");
    assertThat(reasons())
        .containsExactly(Map.entry("feed", "the broker does not accept its records, for 7 s"));

    waits.set(null);
    last.set(0);
    await().atMost(SOON).until(() -> !reasons().isEmpty());
    assertThat(reasons().get("feed")).startsWith("its last step was ");

    // When it stands because it waits, that is what there is to say.
    waits.set("the schema registry does not answer, for 9 s");
    assertThat(reasons())
        .containsExactly(Map.entry("feed", "the schema registry does not answer, for 9 s"));
  }
}
