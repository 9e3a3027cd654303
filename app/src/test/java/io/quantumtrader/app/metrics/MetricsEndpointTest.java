package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MetricsEndpointTest {

  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void shouldBeDownUntilStartedAndWhileACheckFails() throws Exception {
    try (Monitoring monitoring = Monitoring.open(FREE)) {
      AtomicReference<String> trouble = new AtomicReference<>();
      monitoring.health().check("thing", () -> Optional.ofNullable(trouble.get()));

      // when nothing has started
      HttpResponse<String> early = get(monitoring, "/health");
      monitoring.started();
      HttpResponse<String> up = get(monitoring, "/health");
      trouble.set("it is \"broken\"");
      HttpResponse<String> down = get(monitoring, "/health");

      // then
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.body()).contains("\"DOWN\"", "\"start\"");
      assertThat(up.statusCode()).isEqualTo(200);
      assertThat(up.body()).isEqualTo("{\"status\":\"UP\",\"reasons\":{}}\n");
      assertThat(down.statusCode()).isEqualTo(503);
      assertThat(down.body())
          .isEqualTo("{\"status\":\"DOWN\",\"reasons\":{\"thing\":\"it is \\\"broken\\\"\"}}\n");
    }
  }

  @Test
  void shouldBeDownWhereACheckItselfFails() throws Exception {
    try (Monitoring monitoring = Monitoring.open(FREE)) {
      monitoring.started();
      monitoring
          .health()
          .check(
              "thing",
              () -> {
                throw new IllegalStateException("no idea");
              });

      assertThat(get(monitoring, "/health").body()).contains("DOWN", "no idea");
      assertThat(get(monitoring, "/metrics").body()).contains("\nquantum_up 0.0\n");
    }
  }

  @Test
  void shouldAnswerMetricsAndNothingElse() throws Exception {
    try (Monitoring monitoring = Monitoring.open(FREE)) {
      HttpResponse<String> metrics = get(monitoring, "/metrics");

      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(metrics.body()).contains("# TYPE quantum_up gauge", "jvm_memory_used_bytes");
      assertThat(get(monitoring, "/").statusCode()).isEqualTo(404);
      assertThat(get(monitoring, "/metrics/more").statusCode()).isEqualTo(404);
      assertThat(send(monitoring, "/metrics", "DELETE").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void shouldSayWhatToDoWhereThePortIsTaken() {
    try (Monitoring first = Monitoring.open(FREE)) {
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());

      assertThatThrownBy(() -> Monitoring.open(taken))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(Integer.toString(first.port()))
          .hasMessageContaining("--metrics-port");
    }
  }

  @Test
  void shouldBeOffWhereNoPortIsGivenAndOnLoopbackWhereNoHostIs() {
    assertThat(CommandLine.populateCommand(new MetricsOptions()).address()).isEmpty();
    assertThat(CommandLine.populateCommand(new MetricsOptions(), "--metrics-port", "0").address())
        .hasValueSatisfying(
            address -> {
              assertThat(address.getPort()).isZero();
              assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            });
  }

  private static HttpResponse<String> get(Monitoring monitoring, String path) throws Exception {
    return send(monitoring, path, "GET");
  }

  private static HttpResponse<String> send(Monitoring monitoring, String path, String method)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + monitoring.port() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
