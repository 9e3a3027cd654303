package io.quantumtrader.market;

import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epoch that a feed signs its clock with, and the watch for a feed that took over. Of two feeds
 * the one that began later is in force: stages and executor refuse the clock of the other, and that
 * one ends as soon as it sees it.
 */
final class FeedEpoch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedEpoch.class);

  /** Records at the end of each partition among which the newest epoch is looked for. */
  private static final long LOOK_BACK = 64;

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOK_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final long epoch;
  private final AtomicLong newest;
  private final ScheduledExecutorService thread;

  private FeedEpoch(long epoch, ScheduledExecutorService thread) {
    this.epoch = epoch;
    this.newest = new AtomicLong(epoch);
    this.thread = thread;
  }

  /**
   * Takes the clock over from every feed before.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param wallMs the wall clock, epoch ms
   */
  static FeedEpoch takeOver(Map<String, Object> client, LongSupplier wallMs) {
    long last = lastOrNone(client, wallMs);
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("quantum-feed-epoch").daemon().factory());
    FeedEpoch feed = new FeedEpoch(ClockEpoch.begin(wallMs.getAsLong(), last), thread);
    var unused =
        thread.scheduleWithFixedDelay(
            () -> feed.look(client, wallMs),
            LOOK_EVERY.toMillis(),
            LOOK_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    return feed;
  }

  /**
   * Where the broker is away the wall time alone has to do, as it does unless a feed before began
   * at a clock that was ahead; then the watch ends this one as soon as the broker is back.
   */
  private static long lastOrNone(Map<String, Object> client, LongSupplier wallMs) {
    try {
      return newest(client, WITHIN, wallMs).orElse(0);
    } catch (KafkaException e) {
      LOG.warn("cannot read the clock of an earlier feed: {}", e.getMessage());
      return 0;
    }
  }

  /** Returns the epoch. */
  long value() {
    return epoch;
  }

  /**
   * Checks that no other feed has taken over, as far as was seen.
   *
   * @throws FeedFencedException where one has
   */
  void requireInForce() {
    long other = newest.get();
    if (other > epoch) {
      throw new FeedFencedException(epoch, other);
    }
  }

  private void look(Map<String, Object> client, LongSupplier wallMs) {
    try {
      newest(client, LOOK_WITHIN, wallMs)
          .ifPresent(seen -> newest.accumulateAndGet(seen, Math::max));
    } catch (KafkaException e) {
      // The broker does not answer, so nobody can have taken over meanwhile; looked for again.
      LOG.debug("the clock cannot be read", e);
    }
  }

  /** Returns the newest epoch at the end of the topic, those left out that nobody believes. */
  private static OptionalLong newest(
      Map<String, Object> client, Duration within, LongSupplier wallMs) {
    AtomicLong newest = new AtomicLong(-1);
    new TopicReader(client, within)
        .readLast(
            Topic.CLOCK,
            LOOK_BACK,
            record -> newest.accumulateAndGet(epoch(record, wallMs.getAsLong()), Math::max));
    return newest.get() < 0 ? OptionalLong.empty() : OptionalLong.of(newest.get());
  }

  private static long epoch(ConsumerRecord<byte[], byte[]> record, long wallMs) {
    long epoch = ClockEpoch.of(record.headers());
    return ClockCheck.isPlausible(epoch, wallMs) ? epoch : ClockEpoch.UNREADABLE;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
