package io.quantumtrader.app.letters;

import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.view.DeadLetterView.Replays;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Dead letters and what was sent again of them, as they lie on their topics. */
final class LetterTopic {

  static final Duration PATIENCE = Duration.ofSeconds(15);
  static final TopicPartition REPLAYS = new TopicPartition(Topic.LETTER_REPLAY.topicName(), 0);

  private final TopicReader reader;
  private final RecordSerdes serdes;

  /**
   * Names the topics; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   */
  LetterTopic(Map<String, Object> client, RecordSerdes serdes) {
    this.reader = new TopicReader(client, PATIENCE);
    this.serdes = serdes;
  }

  /**
   * Returns the letter at a place, if one is there still.
   *
   * @throws KafkaException if it cannot be read within 15 s
   */
  Optional<ConsumerRecord<byte[], byte[]>> at(LetterPlace place) {
    if (place.partition() >= reader.partitions(Topic.DEAD_LETTER)) {
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(Topic.DEAD_LETTER.topicName(), place.partition());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    var unused = reader.read(partition, place.offset(), place.offset() + 1, found::add);
    return found.stream().filter(record -> record.offset() == place.offset()).findFirst();
  }

  /**
   * Returns the last letters, the oldest first.
   *
   * @param most how many of each partition, 1 or more
   * @throws KafkaException if they cannot be read within 15 s
   */
  List<ConsumerRecord<byte[], byte[]>> last(long most) {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    // Marks of transactions have offsets, too: each letter may have one behind it.
    reader.readLast(Topic.DEAD_LETTER, 2 * most, letters::add);
    return letters;
  }

  /**
   * Returns what was sent again so far.
   *
   * @throws KafkaException if it cannot be read within 15 s
   */
  Replays replays() {
    List<LetterReplay> noted = new ArrayList<>();
    reader.readValues(
        Topic.LETTER_REPLAY, serdes.of(LetterReplay.class).deserializer(), noted::add);
    return Replays.of(noted.stream());
  }

  /** Returns whether everybody can read what lies at an offset of what was sent again. */
  boolean isVisible(long offset) {
    return reader.read(REPLAYS, offset, Long.MAX_VALUE, record -> {}) > offset;
  }

  /** Returns a letter as views take it. */
  static BookRecord asBookRecord(ConsumerRecord<byte[], byte[]> letter) {
    return BookRecord.of(TappedRecord.of(Topic.DEAD_LETTER, letter, Optional.empty(), true));
  }
}
