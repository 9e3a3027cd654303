package io.quantumtrader.topology.errors;

import static io.quantumtrader.topology.Given.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.StreamsSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

final class ErrorHandlersTest {

  private static final byte[] KEY = "main".getBytes(UTF_8);
  private static final byte[] VALUE = {7};

  /** The place of an error, as Streams describes it. */
  private record Place(long timestamp) implements ErrorHandlerContext {
    @Override
    public String topic() {
      return "quantum.trade.intent";
    }

    @Override
    public int partition() {
      return 2;
    }

    @Override
    public long offset() {
      return 5;
    }

    @Override
    public Headers headers() {
      return new RecordHeaders().add("own", VALUE);
    }

    @Override
    public String processorNodeId() {
      return "bridge";
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, 2);
    }

    @Override
    public byte[] sourceRawKey() {
      return KEY;
    }

    @Override
    public byte[] sourceRawValue() {
      return VALUE;
    }
  }

  private static ProcessingExceptionHandler.Response undecided(Exception error) {
    return new DeadLetterUndecided()
        .handleError(new Place(NOON), new Record<>("main", "value", NOON), error);
  }

  private static DeserializationExceptionHandler.Response unreadable(Exception error) {
    return new DeadLetterUnreadable()
        .handleError(
            new Place(-1), new ConsumerRecord<>("quantum.trade.intent", 2, 5, KEY, VALUE), error);
  }

  @Test
  void shouldBuryWhatCannotBeDecided() {
    // when
    ProcessingExceptionHandler.Response response =
        undecided(new DecisionFailedException(ReasonCode.ACCOUNT_INVALID, "no account"));

    // then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().get(0);
    assertThat(letter.topic()).isEqualTo("quantum.dlq");
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(VALUE);
    assertThat(letter.timestamp()).isEqualTo(NOON);
    assertThat(letter.headers().lastHeader("own").value()).isEqualTo(VALUE);
    assertThat(letter.headers().lastHeader(DeadLetters.REASON).value())
        .isEqualTo("ACCOUNT_INVALID".getBytes(UTF_8));
    assertThat(letter.headers().lastHeader(DeadLetters.OFFSET).value())
        .isEqualTo("5".getBytes(UTF_8));
  }

  @Test
  void shouldFailOnAnyOtherError() {
    // when
    ProcessingExceptionHandler.Response response = undecided(new IllegalStateException("store"));

    // then
    assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void shouldBuryWhatCannotBeReadWhateverItsTime() {
    // when
    DeserializationExceptionHandler.Response response =
        unreadable(new SerializationException("magic byte"));

    // then
    assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
    assertThat(response.deadLetterQueueRecords().get(0).timestamp()).isZero();
    assertThat(response.deadLetterQueueRecords().get(0).key()).isEqualTo(KEY);
  }

  @Test
  void shouldBuryNothingWhileTheRegistryIsDown() {
    // given
    RegistryUnavailableException outage =
        new RegistryUnavailableException("down", new java.io.IOException("refused"));

    // when
    DeserializationExceptionHandler.Response direct = unreadable(outage);
    DeserializationExceptionHandler.Response wrapped =
        unreadable(new SerializationException("reading", outage));

    // then
    assertThat(direct.result()).isEqualTo(DeserializationExceptionHandler.Result.FAIL);
    assertThat(direct.deadLetterQueueRecords()).isEmpty();
    assertThat(wrapped.result()).isEqualTo(DeserializationExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldFailWhereARecordCannotBeWritten() {
    // given
    FailOnProductionError handler = new FailOnProductionError();
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("any", VALUE);

    // then
    assertThat(handler.handleError(new Place(0), record, new RecordTooLargeException()).result())
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(handler.handleError(new Place(0), record, new TimeoutException()).result())
        .isEqualTo(ProductionExceptionHandler.Result.RETRY);
    assertThat(
            handler
                .handleSerializationError(
                    new Place(0),
                    record,
                    new SerializationException("value"),
                    ProductionExceptionHandler.SerializationExceptionOrigin.VALUE)
                .result())
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
  }

  @Test
  void shouldTellDecidingFromEverythingElse() {
    // given
    ThrowableAssert.ThrowingCallable unexpected =
        () -> Deciding.on(() -> Integer.parseInt("no number"));
    DecisionFailedException refused =
        new DecisionFailedException(ReasonCode.KEY_VALUE_MISMATCH, "another");

    // then
    assertThat(Deciding.on(() -> 5)).isEqualTo(5);
    assertThatThrownBy(unexpected)
        .isInstanceOf(DecisionFailedException.class)
        .hasCauseInstanceOf(NumberFormatException.class)
        .extracting(error -> ((DecisionFailedException) error).code())
        .isEqualTo(ReasonCode.DECISION_FAILED);
    assertThatThrownBy(
            () ->
                Deciding.on(
                    () -> {
                      throw refused;
                    }))
        .isSameAs(refused);
  }

  @Test
  void shouldLetTheProcessOverrideEverySetting() {
    // when
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                7,
                StreamsConfig.APPLICATION_ID_CONFIG,
                "another"));

    // then
    assertThat(settings.properties())
        .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 7)
        .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "another")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
        .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
  }
}
