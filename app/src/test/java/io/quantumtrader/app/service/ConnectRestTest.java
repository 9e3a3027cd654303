package io.quantumtrader.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quantumtrader.app.metrics.ConnectorWatch.View;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How connectors are seen through what Connect answers. */
final class ConnectRestTest {

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private ConnectRest connect;
  private int code = 200;
  private String body = "";

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    connect =
        new ConnectRest("http://127.0.0.1:" + server.getAddress().getPort() + "/", Duration.ZERO);
  }

  @AfterEach
  void close() {
    connect.close();
    server.stop(0);
  }

  private static String status(String connector, String... tasks) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < tasks.length; i++) {
      parts.add(
          "{\"id\":%d,\"state\":\"%s\",\"trace\":\"no memory\\n at line 1\"}"
              .formatted(i, tasks[i]));
    }
    return "{\"connector\":{\"state\":\"%s\",\"trace\":\"no way\\n at 2\"},\"tasks\":[%s]}"
        .formatted(connector, String.join(",", parts));
  }

  private View view(String status) throws InterruptedException {
    body = status;
    return connect.view("sink");
  }

  @Test
  void shouldSeeOneThatRunsOnlyWhereItAndEachTaskRuns() throws Exception {
    assertThat(view(status("RUNNING", "RUNNING", "RUNNING")).running()).isTrue();
    assertThat(asked).containsExactly("GET /connectors/sink/status");

    assertThat(view(status("RUNNING")))
        .as("without a task nothing is done")
        .isEqualTo(new View(false, false, "states [RUNNING]"));
    assertThat(view(status("RUNNING", "RUNNING", "UNASSIGNED")))
        .isEqualTo(new View(false, false, "states [RUNNING, RUNNING, UNASSIGNED]"));
    assertThat(view(status("PAUSED", "RUNNING")).running()).isFalse();
  }

  @Test
  void shouldNameTheTaskThatHasFailedThoughTheConnectorRuns() throws Exception {
    assertThat(view(status("RUNNING", "RUNNING", "FAILED")))
        .isEqualTo(new View(false, true, "task 1 has failed: no memory"));
    assertThat(view(status("FAILED"))).isEqualTo(new View(false, true, "it has failed: no way"));
  }

  @Test
  void shouldSayWhatConnectAnswersWhereItIsNotThere() throws Exception {
    code = 404;
    View unknown = view("{\"error_code\":404,\"message\":\"No status found\"}");
    assertThat(unknown.running()).isFalse();
    assertThat(unknown.failed()).isFalse();
    assertThat(unknown.words()).startsWith("Connect at http://").endsWith("says: No status found");

    server.stop(0);
    View silent = connect.view("sink");
    assertThat(silent.running()).isFalse();
    assertThat(silent.failed()).isFalse();
    assertThat(silent.words()).contains("no answer");
  }

  @Test
  void shouldStartAgainWhatHasFailedTasksToo() throws Exception {
    code = 202;
    body = "{}";
    assertThat(connect.restart("sink")).isTrue();
    code = 500;
    assertThat(connect.restart("sink")).isFalse();
    assertThat(asked)
        .containsOnly("POST /connectors/sink/restart?includeTasks=true&onlyFailed=true");
  }
}
