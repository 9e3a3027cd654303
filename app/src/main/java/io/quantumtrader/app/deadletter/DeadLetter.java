package io.quantumtrader.app.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Builds dead letters as Kafka Streams does: the source's own key and value, and the reason in six
 * headers.
 */
public final class DeadLetter {

  /** Class of the failure. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** Stack trace of the failure. */
  public static final String STACKTRACE = "__streams.errors.stacktrace";

  /** What is wrong, for people. */
  public static final String MESSAGE = "__streams.errors.message";

  /** Topic that the record came from or was meant for. */
  public static final String TOPIC = "__streams.errors.topic";

  /** Partition that it came from; -1 where it came from none. */
  public static final String PARTITION = "__streams.errors.partition";

  /** Offset in the partition; for a line of a file, its number. */
  public static final String OFFSET = "__streams.errors.offset";

  private DeadLetter() {}

  /**
   * Returns the letter.
   *
   * @param key key as it was; may be null
   * @param value value as it was; may be null
   * @param topic topic that it came from or was meant for
   * @param partition partition that it came from, or -1
   * @param offset offset in the partition, or number of the line
   * @param failure why it could not be read
   */
  public static ProducerRecord<byte[], byte[]> of(
      byte[] key, byte[] value, String topic, int partition, long offset, Exception failure) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topic.DEAD_LETTER.topicName(), key, value);
    Headers headers = letter.headers();
    headers.add(EXCEPTION, utf8(failure.getClass().getName()));
    headers.add(STACKTRACE, utf8(stackTrace(failure)));
    headers.add(MESSAGE, utf8(String.valueOf(failure.getMessage())));
    headers.add(TOPIC, utf8(topic));
    headers.add(PARTITION, utf8(Integer.toString(partition)));
    headers.add(OFFSET, utf8(Long.toString(offset)));
    return letter;
  }

  private static String stackTrace(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
