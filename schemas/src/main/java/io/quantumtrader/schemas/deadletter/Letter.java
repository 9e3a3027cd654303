package io.quantumtrader.schemas.deadletter;

import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a dead letter says in its headers, whoever wrote it.
 *
 * @param reader who could do nothing with the record
 * @param topic topic that the record came from or was meant for; empty where the letter does not
 *     say
 * @param partition partition that it lay in; -1 where it lay in none
 * @param offset its offset there; for a line of a file, its number; -1 where it has neither
 * @param reason reason code; empty where the failure has none
 * @param message what is wrong, for people
 * @param whole whether the letter has all of the record: key, value and headers
 * @param hasValue whether the record had a value
 * @param valueSha256 SHA-256 of its value; empty where the letter does not say
 */
public record Letter(
    LetterReader reader,
    String topic,
    int partition,
    long offset,
    String reason,
    String message,
    boolean whole,
    boolean hasValue,
    String valueSha256) {

  private static final String CONNECT = "__connect.errors.";
  private static final String CONNECT_TOPIC = CONNECT + "topic";
  private static final String CONNECT_MESSAGE = CONNECT + "exception.message";
  private static final String REDIS = "redis.";
  private static final String REDIS_REASON = REDIS + "reason";

  /** Of all headers of a letter these are the letter's own. */
  private static final Set<String> OWN =
      Set.of(
          DeadLetter.READER,
          DeadLetter.REASON,
          DeadLetter.EXCEPTION,
          DeadLetter.MESSAGE,
          DeadLetter.STACKTRACE,
          DeadLetter.TOPIC,
          DeadLetter.PARTITION,
          DeadLetter.OFFSET,
          DeadLetter.VALUE_SIZE,
          DeadLetter.VALUE_SHA256,
          DeadLetter.KEY_SIZE,
          DeadLetter.KEY_SHA256,
          DeadLetter.HEADERS_LEFT_OUT);

  /** What the stages noted on a record on its way; sent again it makes its way anew. */
  private static final Set<String> OF_STAGES =
      Set.of(IntentHeaders.MOVED_FROM, IntentHeaders.TIME_REJECTED);

  /**
   * Reads it. What bears the marks of Connect is Connect's, whatever else a record may carry: such
   * a letter is never sent again.
   *
   * @param headers headers of the letter as text, of several with one name the last
   */
  public static Letter of(Map<String, String> headers) {
    if (headers.containsKey(REDIS_REASON)) {
      return ofConnect(LetterReader.REDIS_SOURCE, headers);
    }
    if (headers.containsKey(CONNECT_TOPIC)) {
      return ofConnect(LetterReader.REDIS_SINK, headers);
    }
    return headers.containsKey(DeadLetter.TOPIC)
        ? ours(headers)
        : ofConnect(LetterReader.UNKNOWN, headers);
  }

  private static Letter ofConnect(LetterReader reader, Map<String, String> headers) {
    return new Letter(
        reader,
        headers.getOrDefault(CONNECT_TOPIC, ""),
        (int) number(headers, CONNECT + "partition"),
        number(headers, CONNECT + "offset"),
        headers.getOrDefault(REDIS_REASON, ""),
        headers.getOrDefault(CONNECT_MESSAGE, ""),
        true,
        true,
        "");
  }

  private static Letter ours(Map<String, String> headers) {
    String topic = headers.get(DeadLetter.TOPIC);
    int partition = (int) number(headers, DeadLetter.PARTITION);
    return new Letter(
        LetterReader.named(headers.getOrDefault(DeadLetter.READER, ""))
            .orElseGet(() -> only(topic, partition)),
        topic,
        partition,
        number(headers, DeadLetter.OFFSET),
        headers.getOrDefault(DeadLetter.REASON, ""),
        headers.getOrDefault(DeadLetter.MESSAGE, ""),
        !headers.containsKey(DeadLetter.KEY_SIZE)
            && !headers.containsKey(DeadLetter.HEADERS_LEFT_OUT)
            && number(headers, DeadLetter.VALUE_SIZE) <= DeadLetter.MAX_VALUE_BYTES,
        headers.containsKey(DeadLetter.VALUE_SIZE),
        headers.getOrDefault(DeadLetter.VALUE_SHA256, ""));
  }

  /** Letters did not always name their reader; of these topics only one writes them. */
  private static LetterReader only(String topic, int partition) {
    if (partition < 0) {
      return LetterReader.FEED;
    }
    return Topic.named(topic).map(Letter::onlyReader).orElse(LetterReader.UNKNOWN);
  }

  private static LetterReader onlyReader(Topic topic) {
    return switch (topic) {
      case APPLY_PLAN, APPROVAL -> LetterReader.EXECUTOR;
      case TRADE_INTENT, APPLY_RESULT -> LetterReader.STAGES;
      default -> LetterReader.UNKNOWN;
    };
  }

  private static long number(Map<String, String> headers, String name) {
    try {
      return Long.parseLong(headers.getOrDefault(name, "-1"));
    } catch (NumberFormatException notOurs) {
      return -1;
    }
  }

  /** Returns the key of what is noted when the record is sent again: its place, with its topic. */
  public String replayKey() {
    return topic + ":" + place();
  }

  /** Returns the place that the record had in its topic, partition and offset. */
  public String place() {
    return text(partition) + ":" + text(offset);
  }

  private static String text(long number) {
    return number < 0 ? "?" : Long.toString(number);
  }

  /** Returns the headers that the record itself had, out of those of its letter. */
  public static Headers ownHeaders(Headers ofLetter) {
    Headers own = new RecordHeaders();
    for (Header header : ofLetter) {
      if (!OWN.contains(header.key()) && !OF_STAGES.contains(header.key())) {
        own.add(header);
      }
    }
    return own;
  }
}
