package io.quantumtrader.connectors.redis.source;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;

/**
 * What becomes of entries that cannot be read. Connect has no dead letters for sources, so they are
 * records like others: the entry's id as key, the entry as JSON bytes, the reason in headers.
 */
final class DeadLetters {

  private static final String CONNECTOR = "__connect.errors.connector.name";

  private final String topic;
  private final String connector;

  /**
   * Creates it.
   *
   * @param topic where they go; empty: nowhere, the task fails
   * @param connector the connector's name
   */
  DeadLetters(String topic, String connector) {
    this.topic = topic;
    this.connector = connector;
  }

  /**
   * Returns the letter.
   *
   * @param withValue false where the entry is too large to be sent
   * @throws ConnectException where dead letters are not wanted
   */
  Output letter(StreamEntry entry, UnreadableEntryException why, boolean withValue) {
    if (topic.isEmpty()) {
      throw new ConnectException(
          "entry "
              + entry.id()
              + " of "
              + entry.stream()
              + " cannot be read ("
              + why.reason()
              + ": "
              + why.getMessage()
              + "); set "
              + RedisSourceConfig.DEAD_LETTERS
              + " to have such entries go there",
          why);
    }
    return new Output(
        topic,
        entry.id().toString(),
        Schema.OPTIONAL_BYTES_SCHEMA,
        withValue ? entry.toJson() : null);
  }

  /** Returns the headers of a letter. */
  Headers headers(UnreadableEntryException why, String target) {
    return new ConnectHeaders()
        .addString(DeadLetterHeaders.REASON, why.reason())
        .addString(DeadLetterHeaders.MESSAGE, why.getMessage())
        .addString(DeadLetterHeaders.TARGET, target)
        .addString(CONNECTOR, connector);
  }
}
