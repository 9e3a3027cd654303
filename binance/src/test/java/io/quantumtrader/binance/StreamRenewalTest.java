package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a connection that stands is replaced by another. Time is the test's. */
final class StreamRenewalTest extends StreamTestBase {

  private static final StreamSettings SETTINGS = StreamSettings.of("test", Duration.ofSeconds(60));

  StreamRenewalTest() {
    super(SETTINGS);
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
}
