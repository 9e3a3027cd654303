package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.testing.LocalStreams;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stream and a local server for it. Time is the test's. */
abstract class StreamTestBase {

  final AtomicLong elapsed = new AtomicLong(1_000);
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final StreamTold told = new StreamTold();
  final AtomicInteger addresses = new AtomicInteger();
  LocalStreams server;
  StreamSocket socket;

  private final StreamSettings settings;

  StreamTestBase(StreamSettings settings) {
    this.settings = settings;
  }

  @BeforeEach
  final void start() throws InterruptedException {
    server = LocalStreams.start();
  }

  @AfterEach
  final void stop() {
    if (socket != null) {
      socket.close();
    }
    server.close();
  }

  final void open() throws Exception {
    socket = StreamSocket.open(settings, this::address, told, times());
    assertThat(told.next()).isEqualTo("connected");
    // The server learns of it a little later than the client.
    StreamTold.until(() -> server.subscriptions().size() == 1);
  }

  final URI address() {
    return server.url().resolve("/ws/" + addresses.incrementAndGet());
  }

  final StreamTimes times() {
    return new StreamTimes(() -> 77, elapsed::get, pauses::add, () -> 0.5);
  }

  /** Long enough for limits to be looked at; too short only lets a fault go unseen. */
  static void pauseOfTicks() throws InterruptedException {
    Thread.sleep(150);
  }
}
