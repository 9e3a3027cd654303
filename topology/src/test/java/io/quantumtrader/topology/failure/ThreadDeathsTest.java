package io.quantumtrader.topology.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.Test;

final class ThreadDeathsTest {

  private final FailedRecords records = new FailedRecords();
  private final ThreadDeaths deaths = new ThreadDeaths(records);

  private static Throwable wrapped(Throwable cause) {
    return new StreamsException("outermost", new StreamsException("between", cause));
  }

  private Death death(Throwable thrown) {
    return DeathCauses.of(wrapped(thrown), records);
  }

  @Test
  void shouldTellWhatPassesFromWhatDoesNot() {
    assertThat(death(new RegistryUnavailableException("away", null)).kind())
        .isEqualTo(DeathKind.REGISTRY);
    assertThat(death(new TimeoutException("60 s")).kind()).isEqualTo(DeathKind.BROKER);
    assertThat(death(new DisconnectException()).kind()).isEqualTo(DeathKind.BROKER);
    assertThat(death(new TaskMigratedException("taken over")).kind()).isEqualTo(DeathKind.MOVED);
    assertThat(death(new InvalidProducerEpochException("old")).kind()).isEqualTo(DeathKind.MOVED);
    assertThat(death(new RecordTooLargeException("a megabyte")).kind()).isEqualTo(DeathKind.OTHER);
    assertThat(death(new OutOfMemoryError("heap")).kind()).isEqualTo(DeathKind.OTHER);
  }

  @Test
  void shouldReadTheRecordOutOfWhatStreamsThrows() {
    Throwable thrown =
        new StreamsException(
            "Exception caught in process. taskId=0_3, processor=intents,"
                + " topic=quantum.trade.intent, partition=3, offset=42",
            new ArithmeticException("precision 38"));

    Death death = DeathCauses.of(thrown, records);

    assertThat(death.kind()).isEqualTo(DeathKind.RECORD);
    assertThat(death.place()).contains(new RecordPlace("quantum.trade.intent", 3, 42));
    assertThat(death.cause()).isEqualTo("java.lang.ArithmeticException: precision 38");
  }

  @Test
  void shouldFindTheRecordThatAHandlerNotedAndNoOther() {
    RecordTooLargeException met = new RecordTooLargeException("a megabyte");
    records.note(new RecordPlace("quantum.control", 0, 7), met);
    records.note(new RecordPlace("quantum.mark", 1, 9), new RecordTooLargeException("another"));

    assertThat(death(met).kind()).isEqualTo(DeathKind.RECORD);
    assertThat(death(met).place()).contains(new RecordPlace("quantum.control", 0, 7));
    assertThat(death(new RecordTooLargeException("a megabyte")).place()).isEmpty();
  }

  @Test
  void shouldReplaceCountAndSayItFromTheFirstOneOn() {
    assertThat(deaths.trouble()).isEmpty();

    StreamThreadExceptionResponse response =
        deaths.handle(wrapped(new TimeoutException("no answer within 60 s")));

    assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(deaths.count(DeathKind.BROKER)).isEqualTo(1);
    assertThat(deaths.count(DeathKind.OTHER)).isZero();
    assertThat(deaths.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("died within 10 min: 1", "60 s"));
    assertThat(deaths.end()).isEmpty();
  }

  @Test
  void shouldEndWithTheCauseThatRepeatsAndNotWaitOnTheWay() {
    deaths.stop(); // so that no pause is waited for

    StreamThreadExceptionResponse response = StreamThreadExceptionResponse.REPLACE_THREAD;
    for (int i = 0; i < DeathWindow.MOST; i++) {
      assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
      response = deaths.handle(wrapped(new IllegalStateException("the poison")));
      assertThat(deaths.handle(wrapped(new TaskMigratedException("bystander"))))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(deaths.end())
        .hasValueSatisfying(
            why -> assertThat(why).contains("the poison").doesNotContain("bystander"));
    assertThat(deaths.trouble()).isEqualTo(deaths.end());
  }
}
