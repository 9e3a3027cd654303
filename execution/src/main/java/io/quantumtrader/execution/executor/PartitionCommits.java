package io.quantumtrader.execution.executor;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Commits what came of a step with the positions that led to it. The broker takes positions from a
 * member of the group only while it is one, so that each commit also says that nobody else has its
 * place.
 */
final class PartitionCommits {

  /** How long the broker may take to say whose the partitions are. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> plans;
  private final TransactionalWriter writer;
  private final ConsumedPositions positions;

  /**
   * Creates it.
   *
   * @param plans the member of the group
   */
  PartitionCommits(Consumer<byte[], byte[]> plans, TransactionalWriter writer) {
    this.plans = plans;
    this.writer = writer;
    this.positions = new ConsumedPositions(plans);
  }

  /** Commits announcements, and the positions as they were before these records. */
  void announce(Outputs announcements, ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      long offset = records.records(partition).getFirst().offset();
      first.put(partition, new OffsetAndMetadata(offset));
    }
    writer.commit(announcements, first, plans.groupMetadata());
  }

  /**
   * Commits what there is. Positions alone need no transaction, which would take twice as long.
   * What follows from marks alone is committed with all positions as they are: that makes the
   * broker refuse a member that was replaced.
   *
   * @return whether the broker was asked, and so took something from this member
   */
  boolean commit(Outputs out) {
    Map<TopicPartition, OffsetAndMetadata> moved = positions.moved(plans.assignment());
    if (!out.isEmpty()) {
      writer.commit(
          out, moved.isEmpty() ? positions.all(plans.assignment()) : moved, plans.groupMetadata());
    } else if (!moved.isEmpty()) {
      plans.commitSync(moved);
    }
    positions.committed(moved);
    return !out.isEmpty() || !moved.isEmpty();
  }

  /**
   * Commits the positions as they are, only to hear whether the broker takes them.
   *
   * @return false where that is not known: the broker does not answer in time, or the group is
   *     about to share the partitions out anew
   * @throws org.apache.kafka.common.KafkaException where another member has this one's place
   */
  boolean provesToOwn() {
    try {
      plans.commitSync(positions.all(plans.assignment()), PATIENCE);
      return true;
    } catch (RebalanceInProgressException | TimeoutException later) {
      return false;
    }
  }

  /**
   * The same where a step was cut short: what it read may not have been handled, so that only the
   * positions that were committed last are committed again.
   *
   * @return false also where nothing was committed yet
   */
  boolean provesToOwnAsBefore() {
    Map<TopicPartition, OffsetAndMetadata> last = positions.asCommitted(plans.assignment());
    if (last.isEmpty()) {
      return false;
    }
    try {
      plans.commitSync(last, PATIENCE);
      return true;
    } catch (RebalanceInProgressException | TimeoutException later) {
      return false;
    }
  }

  /** Forgets what was committed of partitions that another member has now. */
  void drop(Collection<TopicPartition> partitions) {
    positions.drop(partitions);
  }
}
