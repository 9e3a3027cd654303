package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every few seconds how far groups are behind. Unlike the lag that a consumer knows
 * of itself, this one is there while the consumer is not.
 */
final class GroupLag implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupLag.class);
  private static final long TIMEOUT_S = 10;

  /** How long a group may stand though there is something for it. */
  private static final long STANDS_MS = 25_000;

  /** Fewer than these may be marks of transactions that were undone. */
  private static final long FEWEST = 5;

  /** Where a group is. */
  private record Place(String group, TopicPartition partition) {}

  /** A series of the metric. */
  private record Series(String group, String topic) {}

  private final MeterRegistry registry;
  private final Admin admin;
  private final List<String> groups;
  private final long pauseMs;
  private final Map<Series, Long> lags = new ConcurrentHashMap<>();
  private final Followers<Place> places = new Followers<>(Followers.Ends.LATER);
  private final Set<Series> shown = new HashSet<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "quantum-metrics-lag");
  private volatile String trouble;
  private volatile boolean asked;

  /**
   * Creates it.
   *
   * @param groups consumer groups to follow; one that does not exist yet is not shown
   * @param every pause between two looks
   */
  GroupLag(
      MeterRegistry registry, Map<String, Object> clients, List<String> groups, Duration every) {
    this.registry = registry;
    this.admin = Admin.create(clients);
    this.groups = List.copyOf(groups);
    this.pauseMs = every.toMillis();
    thread.setDaemon(true);
  }

  /** Starts to ask. */
  void start() {
    thread.start();
  }

  /** Returns why it does not know, or empty while it does. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Returns whether it has asked once, and was answered or not. */
  boolean hasAsked() {
    return asked;
  }

  /** Returns how many records each group is behind, by its name; those that are known. */
  Map<String, Long> behind() {
    Map<String, Long> behind = new TreeMap<>();
    lags.forEach((series, records) -> behind.merge(series.group(), records, Long::sum));
    return behind;
  }

  private void run() {
    try {
      do {
        look();
      } while (!stopping.await(pauseMs, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed();
      Map<TopicPartition, Long> ends = ends(committed);
      Map<Series, Long> found = new HashMap<>();
      committed.forEach(
          (group, offsets) ->
              offsets.forEach(
                  (partition, at) ->
                      found.merge(
                          new Series(group, partition.topic()),
                          Math.max(0, ends.getOrDefault(partition, at.offset()) - at.offset()),
                          Long::sum)));
      follow(committed, ends);
      lags.keySet().retainAll(found.keySet());
      lags.putAll(found);
      found.keySet().forEach(this::show);
      trouble = null;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      // What was known is old now: better nothing than an old lag that looks like a good one.
      lags.clear();
      trouble = "cannot read the groups' offsets from the broker: " + e.getMessage();
      LOG.debug("no lag", e);
    }
    asked = true;
  }

  private void follow(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
      Map<TopicPartition, Long> ends) {
    long now = Monitoring.monotonicMs();
    Set<Place> known = new HashSet<>();
    committed.forEach(
        (group, offsets) ->
            offsets.forEach(
                (partition, at) -> {
                  Place place = new Place(group, partition);
                  known.add(place);
                  places.look(place, at.offset(), ends.getOrDefault(partition, at.offset()), now);
                }));
    places.keep(known);
  }

  /** Returns which group has stood longest though there was something for it, with its numbers. */
  Optional<String> standing() {
    return places
        .worst(FEWEST, STANDS_MS, Monitoring.monotonicMs())
        .map(
            worst ->
                "group %s has been stuck at offset %d of %d in %s for %d s"
                    .formatted(
                        worst.who().group(),
                        worst.at(),
                        worst.end(),
                        worst.who().partition(),
                        worst.standingMs() / 1000));
  }

  private void show(Series series) {
    if (shown.add(series)) {
      Metric.CONSUMER_LAG.gauge(
          registry,
          lags,
          known -> Optional.ofNullable(known.get(series)).map(Long::doubleValue).orElse(Double.NaN),
          series.group(),
          series.topic());
    }
  }

  private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed()
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
    groups.forEach(group -> wanted.put(group, new ListConsumerGroupOffsetsSpec()));
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        new HashMap<>(
            admin.listConsumerGroupOffsets(wanted).all().get(TIMEOUT_S, TimeUnit.SECONDS));
    committed.values().forEach(offsets -> offsets.values().removeIf(at -> at == null));
    return committed;
  }

  private Map<TopicPartition, Long> ends(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    committed
        .values()
        .forEach(offsets -> offsets.keySet().forEach(at -> wanted.put(at, OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(TIMEOUT_S, TimeUnit.SECONDS)
        .forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  /** Stops asking, within some seconds. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    admin.close(Duration.ofSeconds(2));
  }
}
