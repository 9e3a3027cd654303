package io.quantumtrader.console.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of a topic, wherever it was read: on a broker, in a dump or in a recording.
 *
 * @param topic catalog entry
 * @param partition its partition
 * @param offset where it lies there
 * @param atMs its record time, epoch milliseconds UTC
 * @param key its key as text; empty where it has none
 * @param value the decoded value; empty for a removed row and for dead letters
 * @param headers its headers as text, where what is shown is in them: dead letters and policies
 */
public record BookRecord(
    Topic topic,
    int partition,
    long offset,
    long atMs,
    String key,
    Optional<SpecificRecord> value,
    Map<String, String> headers) {

  /** Takes a copy of the headers. */
  public BookRecord {
    headers = Map.copyOf(headers);
  }

  /** Returns a record as it was read from a broker. */
  public static BookRecord of(TappedRecord record) {
    return new BookRecord(
        record.topic(),
        record.raw().partition(),
        record.raw().offset(),
        record.raw().timestamp(),
        record.key(),
        record.value(),
        hasHeaders(record.topic()) ? texts(record.raw().headers()) : Map.of());
  }

  /** Returns a record out of a recording. */
  public static BookRecord of(RecordedRecord record) {
    return new BookRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestampMs(),
        record.key().orElse(""),
        record.value(),
        Map.of());
  }

  /** Of other topics nothing that is shown is in a header. */
  private static boolean hasHeaders(Topic topic) {
    return topic == Topic.DEAD_LETTER || topic == Topic.POLICY;
  }

  private static Map<String, String> texts(Iterable<Header> headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        texts.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return texts;
  }

  /**
   * Returns the value, where it is of a type.
   *
   * @param type a record of the contracts
   */
  public <T> Optional<T> as(Class<T> type) {
    return value.filter(type::isInstance).map(type::cast);
  }
}
