package io.quantumtrader.topology.errors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Makes dead letters: key and value as they came, the record's own headers, Streams' six headers
 * and the reason.
 */
public final class DeadLetters {

  /** Reason code. */
  public static final String REASON = "quantum.reason";

  public static final String EXCEPTION = "__streams.errors.exception";
  public static final String MESSAGE = "__streams.errors.message";
  public static final String STACKTRACE = "__streams.errors.stacktrace";
  public static final String TOPIC = "__streams.errors.topic";
  public static final String PARTITION = "__streams.errors.partition";
  public static final String OFFSET = "__streams.errors.offset";

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
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topic.DEAD_LETTER.topicName(), null, timestampMs, key, value);
    Headers headers = letter.headers();
    if (context.headers() != null) {
      for (Header header : context.headers()) {
        headers.add(header);
      }
    }
    add(headers, REASON, code.name());
    add(headers, EXCEPTION, error.getClass().getName());
    add(headers, MESSAGE, String.valueOf(error.getMessage()));
    add(headers, STACKTRACE, stackTrace(error));
    add(headers, TOPIC, String.valueOf(context.topic()));
    add(headers, PARTITION, Integer.toString(context.partition()));
    add(headers, OFFSET, Long.toString(context.offset()));
    return List.of(letter);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private static String stackTrace(Exception error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
