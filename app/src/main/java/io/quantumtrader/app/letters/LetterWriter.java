package io.quantumtrader.app.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.app.parts.OperatorTransaction;
import io.quantumtrader.app.parts.OperatorTransaction.TakenOverException;
import io.quantumtrader.console.view.DeadLetterView.Replays;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends one record again and notes it, both or neither. All operators share one transactional id,
 * so that who begins fences everybody who began before; what was sent so far is read after that.
 */
final class LetterWriter implements AutoCloseable {

  private final OperatorTransaction<byte[]> transaction;
  private final LetterTopic topic;
  private final RecordSerdes serdes;
  private final Replays before;

  private LetterWriter(
      OperatorTransaction<byte[]> transaction, LetterTopic topic, RecordSerdes serdes) {
    this.transaction = transaction;
    this.topic = topic;
    this.serdes = serdes;
    this.before = topic.replays();
  }

  /**
   * Begins; who began earlier and has not finished is refused from now on.
   *
   * @throws FencedException if somebody else begins at the same time
   * @throws KafkaException if it cannot be begun within 15 s
   */
  static LetterWriter begin(Map<String, Object> client, RecordSerdes serdes) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, "quantum-letters"));
    try {
      OperatorTransaction<byte[]> begun =
          OperatorTransaction.begin(
              settings, DeadLettersCommand.OPERATORS, new ByteArraySerializer());
      return reading(begun, new LetterTopic(client, serdes), serdes);
    } catch (TakenOverException e) {
      throw new FencedException(e);
    }
  }

  private static LetterWriter reading(
      OperatorTransaction<byte[]> begun, LetterTopic topic, RecordSerdes serdes) {
    try {
      return new LetterWriter(begun, topic, serdes);
    } catch (KafkaException e) {
      begun.close();
      throw e;
    }
  }

  /** Somebody else began to send letters again after this one. */
  static final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FencedException(Throwable cause) {
      super("somebody else is sending letters again right now; look again, then try again", cause);
    }
  }

  /** Returns what was sent again before, read after everybody else was fenced. */
  Replays before() {
    return before;
  }

  /**
   * Sends the record of a letter.
   *
   * @param read what the letter says
   * @param why why, in the operator's words
   * @param by who
   * @param nowMs when, wall time, epoch milliseconds
   * @return what was noted
   * @throws FencedException if somebody else was quicker; nothing was written
   * @throws KafkaException if it cannot be written within 15 s
   */
  LetterReplay write(
      ConsumerRecord<byte[], byte[]> letter, Letter read, String why, String by, long nowMs) {
    try {
      RecordMetadata to = transaction.send(record(letter, read));
      LetterReplay act =
          LetterReplay.newBuilder()
              .setTopic(read.topic())
              .setPartition(read.partition())
              .setOffset(read.offset())
              .setToPartition(to.partition())
              .setToOffset(to.offset())
              .setLetterPartition(letter.partition())
              .setLetterOffset(letter.offset())
              .setReader(read.reader().label())
              .setCode(read.reason())
              .setValueSha256(read.valueSha256())
              .setReason(why)
              .setReplayedBy(by)
              .setAtMs(nowMs)
              .build();
      long noted = transaction.send(note(read.replayKey(), act, nowMs)).offset();
      transaction.commit();
      OperatorTransaction.awaitVisible(() -> topic.isVisible(noted));
      return act;
    } catch (TakenOverException e) {
      throw new FencedException(e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      ConsumerRecord<byte[], byte[]> letter, Letter read) {
    return new ProducerRecord<>(
        read.topic(),
        partition(letter.key(), read),
        Math.max(0, letter.timestamp()),
        letter.key(),
        letter.value(),
        Letter.ownHeaders(letter.headers()));
  }

  /**
   * The partition of its account, where its key names one: a stranger's client hashes otherwise.
   */
  private int partition(byte[] key, Letter read) {
    String account = key == null ? "" : Accounts.accountOf(new String(key, UTF_8));
    boolean ofAccount =
        Topic.named(read.topic()).map(Topic::group).orElseThrow() == PartitionGroup.ACCOUNT;
    return ofAccount && Accounts.isName(account)
        ? Accounts.partitionOf(account, transaction.partitionsFor(read.topic()).size())
        : read.partition();
  }

  private ProducerRecord<byte[], byte[]> note(String key, LetterReplay act, long nowMs) {
    return new ProducerRecord<>(
        LetterTopic.REPLAYS.topic(),
        LetterTopic.REPLAYS.partition(),
        nowMs,
        key.getBytes(UTF_8),
        serdes.of(LetterReplay.class).serializer().serialize(LetterTopic.REPLAYS.topic(), act));
  }

  /** Ends it; what was not written is undone. */
  @Override
  public void close() {
    transaction.close();
  }
}
