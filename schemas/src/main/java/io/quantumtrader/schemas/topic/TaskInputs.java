package io.quantumtrader.schemas.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which records a task of the stages has taken: the last of each topic that it reads. Decisions,
 * rows of the ledger and states of the portfolio carry it as a header, so that a recording tells in
 * which order the task had its records; topics are read side by side, and their times do not say
 * it.
 *
 * <p>The header is {@code TOPIC@OFFSET}, the record that the output follows from first, then the
 * other topics from the one read last to the one read first, each after a comma. A task that was
 * started anew knows only what it has taken since.
 */
public final class TaskInputs {

  /**
   * Name of the header on records of {@link Topic#DECISION}, {@link Topic#POSITION_LEDGER} and
   * {@link Topic#PORTFOLIO_STATE}.
   */
  public static final String HEADER = "quantum.inputs";

  private static final char AT = '@';
  private static final String BETWEEN = ",";

  private final LinkedHashMap<String, Long> lastFirst = new LinkedHashMap<>();

  /** Notes a record that is taken now. */
  public void take(String topic, long offset) {
    lastFirst.putFirst(topic, offset);
  }

  /** Returns whether nothing was taken yet. */
  public boolean isEmpty() {
    return lastFirst.isEmpty();
  }

  /** Returns the offset of the last record of each topic, the topic that was read last first. */
  public SequencedMap<String, Long> lastFirst() {
    return lastFirst;
  }

  /** Returns the offset of the last record of a topic; empty: none that is known. */
  public OptionalLong last(String topic) {
    Long offset = lastFirst.get(topic);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** Returns it as the header has it; empty where nothing was taken. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> each : lastFirst.entrySet()) {
      text.append(text.isEmpty() ? "" : BETWEEN).append(each.getKey()).append(AT);
      text.append(each.getValue());
    }
    return text.toString();
  }

  /** Adds the header. */
  public void addTo(Headers headers) {
    headers.add(HEADER, text().getBytes(US_ASCII));
  }

  /**
   * Reads the header of a record; nothing where it has none.
   *
   * @throws IllegalArgumentException where it cannot be read
   */
  public static TaskInputs of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null
        ? new TaskInputs()
        : parse(new String(header.value(), US_ASCII));
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws IllegalArgumentException where it cannot be read
   */
  public static TaskInputs parse(String text) {
    TaskInputs inputs = new TaskInputs();
    for (String each : text.split(BETWEEN, -1)) {
      int at = each.lastIndexOf(AT);
      if (at <= 0) {
        throw new IllegalArgumentException("not TOPIC@OFFSET: " + each);
      }
      inputs.lastFirst.putLast(each.substring(0, at), Long.parseLong(each.substring(at + 1)));
    }
    return inputs;
  }
}
