package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis at a port that was chosen once, beside a broker and a registry at an address. */
@Tag("real")
final class StackPortsTest {

  @TempDir private Path data;

  @Test
  void shouldListenThereAgainAtTheNextStartAndSayWhatHasTakenThePort() throws Exception {
    try (ServerSocket others = listening()) {
      // given
      int port = free();
      StackSettings settings =
          StackSettings.embedded()
              .keptIn(data)
              .withKafkaAt("127.0.0.1:" + others.getLocalPort())
              .withRegistryAt("http://127.0.0.1:" + others.getLocalPort())
              .withoutConnect();

      // when, then
      assertThat(redisOf(settings.withPort(StackPart.REDIS, port)))
          .isEqualTo("redis://127.0.0.1:" + port);
      assertThat(redisOf(settings)).isEqualTo("redis://127.0.0.1:" + port);
      try (ServerSocket taken = new ServerSocket()) {
        taken.bind(Loopback.at(port));
        assertThatThrownBy(() -> redisOf(settings))
            .isInstanceOf(StackException.class)
            .hasMessageContaining("port " + port)
            .hasMessageContaining("--redis-port");
      }
      assertThat(redisOf(settings.withPort(StackPart.REDIS, 0))).startsWith("redis://127.0.0.1:");
    }
  }

  private static String redisOf(StackSettings settings) {
    try (Stack stack = Stack.start(settings, Progress.silent())) {
      return stack.redisUri();
    }
  }

  private static ServerSocket listening() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(Loopback.at(0));
    return socket;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = listening()) {
      return socket.getLocalPort();
    }
  }
}
