package io.quantumtrader.topology.errors;

import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Makes the dead letters of the stages, as {@link DeadLetter} makes them all. */
public final class DeadLetters {

  /** Reason code. */
  public static final String REASON = DeadLetter.REASON;

  public static final String EXCEPTION = DeadLetter.EXCEPTION;
  public static final String MESSAGE = DeadLetter.MESSAGE;
  public static final String STACKTRACE = DeadLetter.STACKTRACE;
  public static final String TOPIC = DeadLetter.TOPIC;
  public static final String PARTITION = DeadLetter.PARTITION;
  public static final String OFFSET = DeadLetter.OFFSET;

  private DeadLetters() {}

  /**
   * Returns the dead letter of a record.
   *
   * @param timestampMs its Kafka time, epoch ms, 0 or more
   */
  static List<ProducerRecord<byte[], byte[]>> of(
      ErrorHandlerContext context,
      byte[] key,
      byte[] value,
      ReasonCode code,
      Exception error,
      long timestampMs) {
    DeadLetter.Source source =
        new DeadLetter.Source(
            context.topic(), context.partition(), context.offset(), key, value, context.headers());
    return List.of(
        DeadLetter.of(
            LetterReader.STAGES, source, DeadLetter.Failure.of(code, error), null, timestampMs));
  }
}
