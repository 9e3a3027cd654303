package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.bounds.TableRow;
import io.quantumtrader.schemas.topic.Symbols;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the executor looks up: marks, for an exchange that takes them, the ledger, for one
 * that remembers by itself and may differ from it, and the operators' control records. A mark is a
 * closed candle that the feed writes before it writes the candle for the stages, so that the
 * exchange sees it first; it may say what the instrument is. Every executor reads all of it,
 * whichever accounts are its own.
 */
final class MarketReader {

  private static final Logger LOG = LoggerFactory.getLogger(MarketReader.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Consumer<byte[], byte[]> ends;
  private final MarketLink link;
  private final TradingStates trading;
  private final LedgerRows ledger;
  private final RecordCodec codec;
  private final ExecutorSettings settings;
  private final ConsumedPositions positions;
  private final List<TopicPartition> marks = new ArrayList<>();
  private final List<TopicPartition> rows = new ArrayList<>();
  private final TopicPartition control = new TopicPartition(Topic.CONTROL.topicName(), 0);

  /**
   * Creates the reader.
   *
   * @param consumer reads the records
   * @param ends asks for ends; another one, because the broker answers one request of a client
   *     after the other, and the reading one's waits for records to come
   */
  MarketReader(
      Consumer<byte[], byte[]> consumer,
      Consumer<byte[], byte[]> ends,
      MarketLink link,
      TradingStates trading,
      LedgerRows ledger,
      RecordCodec codec,
      ExecutorSettings settings) {
    this.consumer = consumer;
    this.ends = ends;
    this.link = link;
    this.trading = trading;
    this.ledger = ledger;
    this.codec = codec;
    this.settings = settings;
    this.positions = new ConsumedPositions(consumer);
    if (link.takesMarks()) {
      for (int partition = 0; partition < settings.counts().symbol(); partition++) {
        marks.add(new TopicPartition(Topic.MARK.topicName(), partition));
      }
    }
    if (!link.rollsBack()) {
      for (int partition = 0; partition < settings.counts().account(); partition++) {
        rows.add(new TopicPartition(Topic.POSITION_LEDGER.topicName(), partition));
      }
    }
  }

  /** Takes up the partitions and reads to their ends. */
  void start() {
    List<TopicPartition> all = new ArrayList<>(marks);
    all.addAll(rows);
    all.add(control);
    consumer.assign(all);
    ends.assign(all);
    consumer.seekToBeginning(all);
    consumer.committed(new HashSet<>(marks)).forEach(this::rewind);
    catchUp();
  }

  /**
   * Goes back before what was committed, far enough to know prices. Where nothing was committed all
   * is read, since the first ones tell what an instrument is.
   */
  private void rewind(TopicPartition partition, OffsetAndMetadata committed) {
    if (committed != null) {
      positions.committed(partition, committed.offset());
      consumer.seek(partition, Math.max(0, committed.offset() - settings.rewind()));
    }
  }

  /** Reads what has arrived, without waiting; returns whether there was anything. */
  boolean poll() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
    records.forEach(this::take);
    return !records.isEmpty();
  }

  /**
   * Reads up to the ends that the partitions have now; returns whether there was anything.
   *
   * @throws TimeoutException where nothing comes although there is something
   */
  boolean catchUp() {
    Map<TopicPartition, Long> targets = ends.endOffsets(consumer.assignment());
    return TopicReader.readTo(consumer, targets, settings.stallAfter(), this::take) > 0;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(control.topic())) {
      takeControl(record);
    } else if (record.topic().equals(Topic.POSITION_LEDGER.topicName())) {
      takeRow(record);
    } else {
      takeMark(record);
    }
  }

  /** The market stage dead-letters what cannot be read; here it is only no price. */
  private void takeMark(ConsumerRecord<byte[], byte[]> record) {
    try {
      Candle mark = codec.value(record, Candle.class);
      if (!Symbols.isSymbol(mark.getSymbol())
          || !mark.getSymbol().equals(RecordCodec.key(record))) {
        LOG.warn("skipped a mark of '{}': not a symbol, or not its key", mark.getSymbol());
        return;
      }
      codec.instrument(record).ifPresent(link::list);
      link.see(mark);
    } catch (UnreadableRecordException unreadable) {
      LOG.warn("skipped a mark: {}", unreadable.getMessage());
    }
  }

  /** The stages wrote it, so one that cannot be read is a fault that a hold will show. */
  private void takeRow(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      ledger.set(codec.value(record, PositionLedger.class));
    } catch (UnreadableRecordException unreadable) {
      LOG.error("skipped a row of the ledger: {}", unreadable.getMessage());
    }
  }

  /**
   * What can be no row is passed over and the row stays as it was, as in the stages, which put it
   * among the dead letters.
   */
  private void takeControl(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? null : RecordCodec.key(record);
    try {
      Control row = record.value() == null ? null : codec.value(record, Control.class);
      Optional<TableRow.Flaw> flaw = TableRow.flaw(Topic.CONTROL, key, row);
      if (flaw.isEmpty()) {
        trading.set(key, row == null ? null : row.getTradingState());
      } else {
        LOG.error("skipped a control record: {}", flaw.get().message());
      }
    } catch (UnreadableRecordException unreadable) {
      LOG.error("skipped a control record: {}", unreadable.getMessage());
    }
  }

  /**
   * Commits how far marks were read; to be called once what followed from them is committed. By
   * itself, because each executor reads all marks for its own accounts, and what an account has
   * seen of them follows from the account: after a crash they are read again from before.
   */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> moved = positions.moved(marks);
    if (!moved.isEmpty()) {
      consumer.commitSync(moved);
      positions.committed(moved);
    }
  }
}
