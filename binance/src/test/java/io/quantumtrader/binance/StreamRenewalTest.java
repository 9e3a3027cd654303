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
import org.junit.jupiter.api.Test;

/** How a connection that stands is replaced by another. Time is the test's. */
final class StreamRenewalTest {

  private static final StreamSettings SETTINGS = StreamSettings.of("test", Duration.ofSeconds(60));

  private final AtomicLong elapsed = new AtomicLong(1_000);
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final StreamTold told = new StreamTold();
  private final AtomicInteger addresses = new AtomicInteger();
  private LocalStreams server;
  private StreamSocket socket;

  @BeforeEach
  void start() throws InterruptedException {
    server = LocalStreams.start();
  }

  @AfterEach
  void stop() {
    socket.close();
    server.close();
  }

  @Test
  void shouldReplaceAnOldConnectionWithoutAGap() throws Exception {
    // given
    open();
    server.say("first");
    assertThat(told.next()).isEqualTo("first");

    // when
    told.dead(false);
    elapsed.addAndGet(Duration.ofMinutes(23 * 60 + 30).toMillis());

    // then: the new one stood before the old one was told to end
    assertThat(told.next()).startsWith("silent");
    assertThat(told.next()).isEqualTo("renewed");
    StreamTold.until(() -> server.subscriptions().size() == 1);
    server.say("second");
    assertThat(told.next()).isEqualTo("second");
    assertThat(told.rest()).isEmpty();
    assertThat(pauses).isEmpty();
    assertThat(socket.state().reconnects()).isEqualTo(1);
    StreamTold.until(() -> server.subscriptions().size() == 1);
  }

  @Test
  void shouldGoToTheNewAddressWhereAskedTo() throws Exception {
    // given
    open();

    // when
    socket.renew();

    // then
    assertThat(told.next()).isEqualTo("renewed");
    assertThat(server.paths()).containsExactly("/ws/1", "/ws/2");
    StreamTold.until(() -> server.subscriptions().size() == 1);
  }

  @Test
  void shouldReadTheOldConnectionToItsEndFirst() throws Exception {
    // given: the old one is held up by its owner, with more to say
    open();
    told.hold();
    server.say("held");
    server.say("old 1");
    server.say("old 2");
    told.awaitHeld();

    // when: the new one stands while the first of these is taken
    socket.renew();
    told.step(1);
    assertThat(told.next()).isEqualTo("held");
    StreamTold.until(() -> server.subscriptions().size() == 2);
    told.awaitHeld();
    told.step(100);

    // then: what the old one said comes before what the new one says
    assertThat(told.next()).isEqualTo("old 1");
    assertThat(told.next()).isEqualTo("old 2");
    assertThat(told.next()).isEqualTo("renewed");
    StreamTold.until(() -> server.subscriptions().size() == 1);
    server.say("new");
    assertThat(told.next()).isEqualTo("new");
  }

  @Test
  void shouldKeepWhatStandsWhileItCannotBeReplaced() throws Exception {
    // given
    open();
    server.refuse(true);

    // when
    socket.renew();
    StreamTold.until(() -> addresses.get() >= 2);
    server.say("still here");
    assertThat(told.next()).isEqualTo("still here");
    pauseOfTicks();
    assertThat(addresses).hasValue(2);

    // then: again after its pause
    server.refuse(false);
    elapsed.addAndGet(2_000);
    assertThat(told.next()).isEqualTo("renewed");
    assertThat(addresses).hasValue(3);
  }

  private void open() throws Exception {
    socket = StreamSocket.open(SETTINGS, this::address, told, times());
    assertThat(told.next()).isEqualTo("connected");
    // The server learns of it a little later than the client.
    StreamTold.until(() -> server.subscriptions().size() == 1);
  }

  private URI address() {
    return server.url().resolve("/ws/" + addresses.incrementAndGet());
  }

  private StreamTimes times() {
    return new StreamTimes(() -> 77, elapsed::get, pauses::add, () -> 0.5);
  }

  /** Long enough for limits to be looked at; too short only lets a fault go unseen. */
  private static void pauseOfTicks() throws InterruptedException {
    Thread.sleep(150);
  }
}
