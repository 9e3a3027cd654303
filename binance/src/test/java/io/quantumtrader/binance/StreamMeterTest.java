package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a socket counts, against a server that talks, cuts and falls silent. */
final class StreamMeterTest extends StreamTestBase {

  private static final StreamSettings SETTINGS =
      new StreamSettings(
          "test",
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofHours(23),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60));

  private final StreamMeter meter = new StreamMeter(elapsed::get);

  StreamMeterTest() {
    super(SETTINGS);
  }

  private void listen(int connections) throws Exception {
    socket = StreamSocket.open(SETTINGS, this::address, told, times(), meter);
    assertThat(told.next()).isEqualTo("connected");
    StreamTold.until(() -> server.subscriptions().size() == connections);
  }

  @Test
  void shouldCountMessagesAndMeasureTheSilence() throws Exception {
    // given
    assertThat(meter.numbers()).isEqualTo(StreamNumbers.NONE);
    listen(1);

    // when
    elapsed.addAndGet(5_000);
    server.say("one");
    server.say("two");
    assertThat(told.next()).isEqualTo("one");
    assertThat(told.next()).isEqualTo("two");
    elapsed.addAndGet(7_000);

    // then
    assertThat(meter.numbers()).isEqualTo(new StreamNumbers(1, 1, 0, 2, 0, 7_000, 7_000));
  }

  @Test
  void shouldGoOnSilentWithAnotherConnectionUntilThatSaysSomething() throws Exception {
    // given
    listen(1);
    elapsed.addAndGet(3_000);

    // when
    server.endPolitely(1001, "bye");
    assertThat(told.next()).startsWith("disconnected");
    assertThat(told.next()).isEqualTo("connected");
    elapsed.addAndGet(4_000);

    // then: a connection is no news
    assertThat(meter.numbers()).isEqualTo(new StreamNumbers(1, 1, 1, 0, 0, 7_000, 7_000));
  }

  @Test
  void shouldNotCountTheTimeWithoutAConnectionAsSilence() throws Exception {
    // given
    listen(1);
    elapsed.addAndGet(3_000);
    server.refuse(true);
    server.endPolitely(1001, "bye");
    assertThat(told.next()).startsWith("disconnected");

    // when
    elapsed.addAndGet(600_000);
    server.refuse(false);
    assertThat(told.next()).isEqualTo("connected");
    elapsed.addAndGet(4_000);

    // then
    StreamNumbers numbers = meter.numbers();
    assertThat(numbers.silenceMs()).as("of a stream that has just come back").isEqualTo(7_000);
    assertThat(numbers.messageAgeMs()).isEqualTo(607_000);
  }

  @Test
  void shouldNotBeLessSilentThanNotAtAll() {
    // given: the last frame of a connection is noted after it is gone
    meter.began();
    meter.stands(true);
    meter.gone();
    elapsed.addAndGet(5_000);
    meter.frame();
    elapsed.addAndGet(5_000);

    // when
    meter.stands(false);

    // then
    assertThat(meter.numbers().silenceMs()).isZero();
    assertThat(meter.numbers().messageAgeMs()).isEqualTo(10_000);
  }

  @Test
  void shouldWantNothingOnceItIsClosedAndGoOnCountingWithTheNext() throws Exception {
    // given
    listen(1);
    server.say("one");
    assertThat(told.next()).isEqualTo("one");

    // when
    socket.close();

    // then
    assertThat(meter.numbers()).isEqualTo(new StreamNumbers(0, 0, 0, 1, 0, -1, -1));
    StreamTold.until(() -> server.subscriptions().isEmpty());
    listen(1);
    meter.gapFilled();
    assertThat(meter.numbers()).isEqualTo(new StreamNumbers(1, 1, 0, 1, 1, 0, 0));
  }

  @Test
  void shouldCountAConnectionThatReplacesAnotherOnce() throws Exception {
    // given
    listen(1);

    // when
    socket.renew();

    // then
    assertThat(told.next()).isEqualTo("renewed");
    assertThat(meter.numbers().standing()).isEqualTo(1);
    assertThat(meter.numbers().reconnects()).isEqualTo(1);
  }

  @Test
  void shouldTakeTheMostSilentOfSeveral() {
    assertThat(
            StreamNumbers.all(
                List.of(
                    new StreamNumbers(1, 1, 2, 30, 4, 500, 100),
                    new StreamNumbers(1, 0, 1, 10, 1, 300, 200))))
        .isEqualTo(new StreamNumbers(2, 1, 3, 40, 5, 500, 200));
    assertThat(StreamNumbers.all(List.of())).isEqualTo(StreamNumbers.NONE);
  }

  @Test
  void shouldKnowHowLongAgoTheExchangeAnswered() {
    AnswerAge age = new AnswerAge(elapsed::get);
    assertThat(age.ms()).isEqualTo(-1);

    age.answered();
    elapsed.addAndGet(250);

    assertThat(age.ms()).isEqualTo(250);
  }
}
