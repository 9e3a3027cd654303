package io.quantumtrader.schemas.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes dead letters, the same for every writer: key and value as they came, the record's own
 * headers, Streams' six headers, the reason, and size and hash of the value.
 *
 * <p>A letter always fits into a record: what is too long is cut, and its size and hash tell what
 * it was. A letter that no producer takes would stop its writer for good.
 */
public final class DeadLetter {

  /** Code out of the closed list of reasons. */
  public static final String REASON = "quantum.reason";

  /** Who could do nothing with the record; see {@link LetterReader}. */
  public static final String READER = "quantum.reader";

  /** Class of the failure. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** What is wrong, for people. */
  public static final String MESSAGE = "__streams.errors.message";

  /** Stack trace of the failure. */
  public static final String STACKTRACE = "__streams.errors.stacktrace";

  /** Topic that the record came from or was meant for. */
  public static final String TOPIC = "__streams.errors.topic";

  /** Partition that it came from; -1 where it came from none. */
  public static final String PARTITION = "__streams.errors.partition";

  /** Offset in the partition; for a line of a file, its number. */
  public static final String OFFSET = "__streams.errors.offset";

  /** Bytes that the value had, as decimal text; not there where there was no value. */
  public static final String VALUE_SIZE = "quantum.value.size";

  /** SHA-256 of the whole value, 64 lower-case hex digits; not there where there was no value. */
  public static final String VALUE_SHA256 = "quantum.value.sha256";

  /** Bytes that the key had, where it was cut. */
  public static final String KEY_SIZE = "quantum.key.size";

  /** SHA-256 of the whole key, where it was cut. */
  public static final String KEY_SHA256 = "quantum.key.sha256";

  /** How many of the record's own headers did not fit, where some did not. */
  public static final String HEADERS_LEFT_OUT = "quantum.headers.left.out";

  /** Most bytes of the value that a letter carries. */
  public static final int MAX_VALUE_BYTES = 768 * 1024;

  static final int MAX_KEY_BYTES = 16 * 1024;
  static final int MAX_HEADER_BYTES = 64 * 1024;
  static final int MAX_MESSAGE_BYTES = 8 * 1024;
  static final int MAX_STACKTRACE_BYTES = 32 * 1024;
  private static final int MAX_NAME_BYTES = 1024;

  private DeadLetter() {}

  /**
   * Where a record lay and what it was.
   *
   * @param topic topic that it came from or was meant for
   * @param partition partition that it came from, or -1
   * @param offset offset in the partition, or number of the line
   * @param key key as it was; may be null
   * @param value value as it was; may be null
   * @param headers its own headers; may be null
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
  public record Source(
      String topic, int partition, long offset, byte[] key, byte[] value, Headers headers) {}

  /**
   * Why nothing could be done with it.
   *
   * @param reason code out of the closed list
   * @param error what is wrong, for machines: class of the failure, or the code again
   * @param message the same for people
   * @param stackTrace stack trace, or empty
   */
  public record Failure(ReasonCode reason, String error, String message, String stackTrace) {

    /** Returns the failure that an exception represents. */
    public static Failure of(ReasonCode reason, Exception error) {
      StringWriter text = new StringWriter();
      error.printStackTrace(new PrintWriter(text));
      return new Failure(
          reason, error.getClass().getName(), String.valueOf(error.getMessage()), text.toString());
    }
  }

  /** Returns the letter of something that came from no partition, without a time of its own. */
  public static ProducerRecord<byte[], byte[]> of(
      LetterReader reader,
      byte[] key,
      byte[] value,
      String topic,
      int partition,
      long offset,
      Exception failure) {
    return of(
        reader,
        new Source(topic, partition, offset, key, value, null),
        Failure.of(ReasonCode.VALUE_UNREADABLE, failure),
        null,
        null);
  }

  /**
   * Returns the letter.
   *
   * @param reader who writes it
   * @param partition partition of the dead letters; null: the key decides
   * @param timestampMs its Kafka time, epoch ms, 0 or more; null: when it is sent
   */
  public static ProducerRecord<byte[], byte[]> of(
      LetterReader reader, Source source, Failure failure, Integer partition, Long timestampMs) {
    Headers headers = new RecordHeaders();
    addOwn(headers, source.headers());
    add(headers, READER, reader.label(), MAX_NAME_BYTES);
    add(headers, REASON, failure.reason().name(), MAX_NAME_BYTES);
    add(headers, EXCEPTION, failure.error(), MAX_NAME_BYTES);
    add(headers, MESSAGE, failure.message(), MAX_MESSAGE_BYTES);
    add(headers, STACKTRACE, failure.stackTrace(), MAX_STACKTRACE_BYTES);
    add(headers, TOPIC, String.valueOf(source.topic()), MAX_NAME_BYTES);
    add(headers, PARTITION, Integer.toString(source.partition()), MAX_NAME_BYTES);
    add(headers, OFFSET, Long.toString(source.offset()), MAX_NAME_BYTES);
    if (source.value() != null) {
      add(headers, VALUE_SIZE, Integer.toString(source.value().length), MAX_NAME_BYTES);
      add(headers, VALUE_SHA256, sha256(source.value()), MAX_NAME_BYTES);
    }
    byte[] key = cut(source.key(), MAX_KEY_BYTES);
    if (key != source.key()) {
      add(headers, KEY_SIZE, Integer.toString(source.key().length), MAX_NAME_BYTES);
      add(headers, KEY_SHA256, sha256(source.key()), MAX_NAME_BYTES);
    }
    return new ProducerRecord<>(
        Topic.DEAD_LETTER.topicName(),
        partition,
        timestampMs,
        key,
        cut(source.value(), MAX_VALUE_BYTES),
        headers);
  }

  /** Kafka's own headers stay as they are while they fit. */
  private static void addOwn(Headers headers, Headers own) {
    if (own == null) {
      return;
    }
    int room = MAX_HEADER_BYTES;
    int leftOut = 0;
    for (Header header : own) {
      int size =
          header.key().getBytes(UTF_8).length
              + (header.value() == null ? 0 : header.value().length)
              + 2 * Integer.BYTES;
      if (size > room) {
        leftOut++;
      } else {
        room -= size;
        headers.add(header);
      }
    }
    if (leftOut > 0) {
      add(headers, HEADERS_LEFT_OUT, Integer.toString(leftOut), MAX_NAME_BYTES);
    }
  }

  private static void add(Headers headers, String name, String value, int maxBytes) {
    headers.add(name, utf8(value, maxBytes));
  }

  /** Cuts between characters, never within one. */
  private static byte[] utf8(String text, int maxBytes) {
    ByteBuffer bytes = ByteBuffer.allocate(maxBytes);
    var unused =
        UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .encode(CharBuffer.wrap(text), bytes, true);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static byte[] cut(byte[] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
