package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.GlobalTableProgress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the global tables of the stages with the last committed records of their topics: each
 * decision looks into them, and a table that stands is used as if it were current.
 */
final class TableWatch {

  /** The topics that are tables of the stages. */
  static final Set<Topic> TOPICS =
      Set.of(Topic.MARKET_STATE, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.POLICY, Topic.CONTROL);

  /** How long a table may stand though there is something for it. */
  static final long STANDS_MS = 20_000;

  private final GlobalTableProgress progress;
  private final Followers<TopicPartition> tables = new Followers<>(Followers.Ends.ALL);
  private final Map<TopicPartition, Long> last;

  /**
   * Creates it.
   *
   * @param last offset of the last committed record of each partition, other topics' too; it grows
   */
  TableWatch(GlobalTableProgress progress, Map<TopicPartition, Long> last) {
    this.progress = progress;
    this.last = last;
  }

  /** Shows for how long each table has stood. */
  void show(MeterRegistry registry) {
    for (Topic topic : TOPICS) {
      Metric.TABLE_STANDING.gauge(
          registry, this, watch -> watch.standingSeconds(topic), topic.topicName());
    }
  }

  private static boolean isTable(TopicPartition partition) {
    return Topic.named(partition.topic()).filter(TOPICS::contains).isPresent();
  }

  private double standingSeconds(Topic topic) {
    long now = Monitoring.monotonicMs();
    return last.keySet().stream()
            .filter(partition -> partition.topic().equals(topic.topicName()))
            .mapToLong(partition -> tables.standingMs(partition, now))
            .max()
            .orElse(0)
        / 1000.0;
  }

  /**
   * Looks, and returns the table that has stood longest, with its numbers.
   *
   * @param nowMs milliseconds of a clock that does not go back
   */
  Optional<String> look(long nowMs) {
    last.forEach(
        (partition, offset) -> {
          if (isTable(partition)) {
            tables.look(partition, progress.lastApplied(partition).orElse(-1), offset, nowMs);
          }
        });
    return tables
        .worst(STANDS_MS, nowMs)
        .map(
            worst ->
                "the table of %s has been stuck at offset %d of %d for %d s"
                    .formatted(worst.who(), worst.at(), worst.end(), worst.standingMs() / 1000));
  }
}
