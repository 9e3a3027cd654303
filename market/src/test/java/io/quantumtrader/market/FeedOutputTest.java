package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
              line ->
                  assertThat(line).startsWith("the feed is waiting: the broker does not accept"));
      assertThat(output.trouble()).isPresent();

      // when it is to end
      feed.interrupt();

      // then it does
      assertThat(ended.get(60, java.util.concurrent.TimeUnit.SECONDS))
          .isInstanceOf(InterruptException.class);
    }
  }

  @Test
  void shouldWaitForARegistryThatIsAwayUntilItIsToEnd() throws Exception {
    // given a registry that nobody answers for
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    RecordSerdes serdes =
        new RecordSerdes(Map.of("schema.registry.url", "http://127.0.0.1:" + port));
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (FeedOutput output = new FeedOutput(producer, serdes, 1)) {
      Thread feed =
          new Thread(
              () -> {
                try {
                  output.clock(1_000, 1_000);
                  ended.complete(null);
                } catch (RuntimeException e) {
                  ended.completeExceptionally(e);
                }
              });

      // when
      feed.start();

      // then
      await().atMost(SOON).until(() -> output.trouble().isPresent() || ended.isDone());
      assertThat(ended).isNotDone();
      assertThat(output.trouble().orElseThrow())
          .startsWith("the schema registry does not answer, for ");

      // when it is to end
      output.stopWaiting();

      // then it does, and nothing was written
      assertThat(ended)
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(RegistryUnavailableException.class);
      assertThat(producer.history()).isEmpty();
    }
  }

  @Test
  void shouldLetTheProducerWaitWithoutEndAndWriteOnce() {
    // A broker that is away after it was there, OutageProcessTest tries; here what it rests on.
    Map<String, Object> impatient =
        Map.of(
            "max.block.ms", 1, "delivery.timeout.ms", 1, "enable.idempotence", false, "acks", "0");

    assertThat(FeedOutput.settings(impatient))
        .containsEntry("max.block.ms", Long.MAX_VALUE)
        .containsEntry("delivery.timeout.ms", Integer.MAX_VALUE)
        .containsEntry("enable.idempotence", true)
        .containsEntry("acks", "all");
  }

  @Test
  void shouldSayAtTheFlushThatARecordWasRefused() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    try (FeedOutput output =
        new FeedOutput(
            producer, new RecordSerdes(Map.of("schema.registry.url", "mock://feed-refused")), 1)) {
      output.deadLetter(
          new UnreadableIntent(new RejectedLine(1, "", "no JSON"), new byte[] {1}), 60_000);
      assertThat(producer.errorNext(new RecordTooLargeException("too large"))).isTrue();

      assertThatThrownBy(output::flush)
          .isInstanceOf(FeedException.class)
          .hasMessageContaining("could not write to quantum.dlq: too large");
    }
  }
}
