package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

/** What a feed's output does where nobody takes what it writes. */
final class FeedOutputTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void shouldWaitForABrokerThatIsAwayWhateverTheClientsPatienceAndSaySo() throws Exception {
    // given a port that nobody answers at, and a client that gives up after a moment
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + port,
            "max.block.ms",
            100,
            "request.timeout.ms",
            100,
            "delivery.timeout.ms",
            200);
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    try (FeedOutput output =
        FeedOutput.connect(
            client,
            new RecordSerdes(Map.of("schema.registry.url", "mock://feed-output")),
            1,
            lines::add)) {
      Thread feed =
          new Thread(
              () -> {
                try {
                  output.clock(1_000, 1_000);
                  output.flush();
                  ended.complete(null);
                } catch (RuntimeException e) {
                  ended.complete(e);
                }
              });

      // when
      feed.start();

      // then
      await().atMost(SOON).until(() -> !lines.isEmpty() || ended.isDone());
      assertThat(ended).isNotDone();
      assertThat(lines)
          .singleElement()
          .satisfies(
              line -> assertThat(line).startsWith("the feed waits: the broker does not take"));
      assertThat(output.trouble()).isPresent();

      // when it is to end
      feed.interrupt();

      // then it does
      assertThat(ended.get(60, java.util.concurrent.TimeUnit.SECONDS))
          .isInstanceOf(InterruptException.class);
    }
  }
}
