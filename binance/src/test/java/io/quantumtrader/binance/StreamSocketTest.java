package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stream against a server that cuts, refuses and falls silent. Time is the test's. */
final class StreamSocketTest extends StreamTestBase {

  private static final StreamSettings SETTINGS =
      new StreamSettings(
          "test",
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofHours(23),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60));

  StreamSocketTest() {
    super(SETTINGS);
  }

  @Test
  void shouldHandOnMessagesInOrder() throws Exception {
    // given
    open();

    // when
    for (int i = 0; i < 500; i++) {
      server.say("m" + i);
    }

    // then
    for (int i = 0; i < 500; i++) {
      assertThat(told.next()).isEqualTo("m" + i);
    }
    assertThat(told.threads()).hasSize(1);
    assertThat(socket.state()).isEqualTo(new StreamState(true, 77, 0, ""));
    assertThat(server.paths()).containsExactly("/ws/1");
  }

  @Test
  void shouldPutPartsOfAMessageTogether() throws Exception {
    // given
    open();

    // when
    server.sayInParts("one ", "\u5e01\u5b89 ", "", "message");
    server.say("another");

    // then
    assertThat(told.next()).isEqualTo("one \u5e01\u5b89 message");
    assertThat(told.next()).isEqualTo("another");
  }

  @Test
  void shouldConnectAgainAfterACutAndForgetHalfAMessage() throws Exception {
    // given
    open();

    // when
    server.sayHalf("this one is never fin");
    server.cut();

    // then: where the client does not see the end by itself, it does by its pings
    for (int i = 0; i < 5 && told.rest().isEmpty(); i++) {
      elapsed.addAndGet(10_000);
      pauseOfTicks();
    }
    assertThat(told.next()).startsWith("disconnected").doesNotContain("silent");
    assertThat(told.next()).isEqualTo("connected");
    StreamTold.until(() -> server.subscriptions().size() == 1);
    server.say("whole");
    assertThat(told.next()).isEqualTo("whole");
    assertThat(socket.state().reconnects()).isEqualTo(1);
    assertThat(socket.state().connected()).isTrue();
    assertThat(socket.state().trouble()).isNotEmpty();
    assertThat(server.paths()).containsExactly("/ws/1", "/ws/2");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void shouldSayWhyTheServerEndedIt() throws Exception {
    // given
    open();

    // when
    server.endPolitely(1001, "going\naway");

    // then
    assertThat(told.next()).isEqualTo("disconnected closed with code 1001: going away");
    assertThat(told.next()).isEqualTo("connected");
  }

  @Test
  void shouldPauseLongerAndLongerWhileItIsRefused() throws Exception {
    // given
    server.refuse(true);
    socket = StreamSocket.open(SETTINGS, this::address, told, times());

    // when
    StreamTold.until(() -> pauses.size() >= 9);
    server.refuse(false);

    // then: random is a half, so three quarters of 1, 2, 4 s and so on to a minute
    assertThat(told.next()).isEqualTo("connected");
    assertThat(pauses.subList(0, 9))
        .extracting(Duration::toMillis)
        .containsExactly(750L, 1500L, 3000L, 6000L, 12000L, 24000L, 45000L, 45000L, 45000L);
    assertThat(socket.state().reconnects()).isZero();
  }

  @Test
  void shouldPauseShortlyAgainAfterASoundConnectionOnly() throws Exception {
    // given: two that are cut at once
    open();
    server.cut();
    assertThat(told.next()).startsWith("disconnected");
    assertThat(told.next()).isEqualTo("connected");
    server.cut();
    assertThat(told.next()).startsWith("disconnected");
    assertThat(told.next()).isEqualTo("connected");

    // when: one that lived
    elapsed.addAndGet(10_000);
    server.cut();
    assertThat(told.next()).startsWith("disconnected");
    assertThat(told.next()).isEqualTo("connected");

    // then
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(750L, 1500L, 750L);
  }

  @Test
  void shouldTakeASilentConnectionForDead() throws Exception {
    // given
    open();

    // when
    elapsed.addAndGet(60_000);

    // then
    assertThat(told.next()).isEqualTo("silent 60");
    assertThat(told.next()).isEqualTo("disconnected silent for 60 s");
    assertThat(told.next()).isEqualTo("connected");
    StreamTold.until(() -> server.paths().size() == 2 && !server.subscriptions().isEmpty());
    server.say("m");
    assertThat(told.next()).isEqualTo("m");
  }

  @Test
  void shouldKeepASilentConnectionWhereTheOwnerSaysSo() throws Exception {
    // given
    told.dead(false);
    open();

    // when, then: asked again after as much silence again
    elapsed.addAndGet(60_000);
    assertThat(told.next()).isEqualTo("silent 60");
    elapsed.addAndGet(60_000);
    assertThat(told.next()).isEqualTo("silent 60");
    server.say("m");
    assertThat(told.next()).isEqualTo("m");
    assertThat(server.paths()).hasSize(1);
  }

  @Test
  void shouldTakeAPingForLife() throws Exception {
    // given
    open();

    // when: a ping each 40 s, and a message to know that it was seen
    for (int i = 0; i < 5; i++) {
      elapsed.addAndGet(40_000);
      server.ping();
      server.say("m" + i);
      assertThat(told.next()).isEqualTo("m" + i);
    }
    elapsed.addAndGet(59_000);
    server.ping();
    pauseOfTicks();
    elapsed.addAndGet(59_000);
    pauseOfTicks();

    // then
    server.say("last");
    assertThat(told.next()).isEqualTo("last");
    assertThat(server.paths()).hasSize(1);
  }

  @Test
  void shouldGoOnWhereItsOwnerFails() throws Exception {
    // given
    open();

    // when
    server.say("fail");
    server.say("m");

    // then
    assertThat(told.next()).isEqualTo("m");
    assertThat(server.paths()).hasSize(1);
  }

  @Test
  void shouldTryAgainWhereThereIsNoAddressYet() throws Exception {
    // given
    socket =
        StreamSocket.open(
            SETTINGS,
            () -> {
              if (addresses.incrementAndGet() < 3) {
                throw new IllegalStateException("no key with secret=abc");
              }
              return server.url().resolve("/ws/secret");
            },
            told,
            times());

    // then
    assertThat(told.next()).isEqualTo("connected");
    assertThat(pauses).hasSize(2);
    assertThat(socket.state().trouble())
        .isEqualTo("there is no address to connect to: IllegalStateException");
  }

  @Test
  void shouldGiveUpAServerThatTakesTheConnectionAndSaysNothing() throws Exception {
    // given
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StreamSettings quick =
          new StreamSettings(
              "quick",
              Duration.ofMillis(200),
              Duration.ofSeconds(60),
              Duration.ofHours(23),
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              Duration.ofSeconds(60));
      URI nowhere = URI.create("ws://127.0.0.1:" + mute.getLocalPort() + "/ws/key");

      // when
      socket = StreamSocket.open(quick, () -> nowhere, told, times());

      // then
      StreamTold.until(() -> pauses.size() >= 2);
      assertThat(socket.state().connected()).isFalse();
      assertThat(socket.state().trouble()).doesNotContain("key").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void shouldEndEverythingWhenClosed() throws Exception {
    // given
    open();

    // when
    socket.close();

    // then
    StreamTold.until(() -> server.subscriptions().isEmpty());
    assertThat(told.rest()).isEmpty();
    assertThat(socket.state().connected()).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("stream-test");
  }

  @Test
  void shouldEndWhileItPauses() throws Exception {
    // given
    server.refuse(true);
    StreamTimes waiting =
        new StreamTimes(() -> 77, elapsed::get, each -> Thread.sleep(60_000), () -> 0.5);
    socket = StreamSocket.open(SETTINGS, this::address, told, waiting);
    StreamTold.until(() -> !socket.state().trouble().isEmpty());

    // when
    socket.close();

    // then
    assertThat(socket.state().trouble()).isEqualTo("closed");
  }

  @Test
  void shouldRefuseDurationsThatAreNone() {
    assertThatThrownBy(() -> StreamSettings.of("x", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNotBeFooledByAPortWhereNobodyListens() throws IOException, InterruptedException {
    // given
    URI nowhere;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = URI.create("ws://127.0.0.1:" + free.getLocalPort());
    }

    // when
    socket = StreamSocket.open(SETTINGS, () -> nowhere, told, times());

    // then
    StreamTold.until(() -> pauses.size() >= 3);
    assertThat(socket.state().trouble()).isEqualTo("ConnectException");
  }
}
