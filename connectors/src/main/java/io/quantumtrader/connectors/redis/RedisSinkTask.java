package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.AccessRefusedException;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what it is given before {@link #put} returns. Where Redis cannot be reached it asks
 * Connect to deliver the same records again after a pause; what had been written by then is passed
 * over.
 */
public final class RedisSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(RedisSinkTask.class);

  /** A consumer that is not asked for records for longer, minutes, loses its partitions. */
  private static final long LONGEST_HOLD_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Clock clock;
  private AccessPatience access;
  private long nextTryNanos;
  private boolean pauses;
  private boolean connected;
  private Backoff backoff;
  private SinkMetrics metrics;
  private SinkWriter writer;
  private RedisClients clients;

  /** Creates a task as Connect does. */
  public RedisSinkTask() {
    this(Clock.systemUTC());
  }

  /**
   * Creates a task with a clock of one's own.
   *
   * @param clock what expiries are counted from under {@code expiry.reference=wall}
   */
  RedisSinkTask(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String version() {
    return Version.of(RedisSinkTask.class);
  }

  @Override
  public void start(Map<String, String> properties) {
    RedisSinkConfig config = new RedisSinkConfig(properties);
    backoff = config.backoff();
    access = RetryConfig.access(config);
    metrics = new SinkMetrics(clock, config.connector(), config.task());
    clients = new RedisClients(config.timeout(), config.endpoint().tls());
    writer = writer(config.endpoint(), writing(config));
    metrics.register();
  }

  private Writing writing(RedisSinkConfig config) {
    return new Writing(
        new RecordMapper(config.mapping(), config.keyPrefix(), config.expiryReference()),
        clock,
        new OffsetFence(config.fenceKey()),
        config.transactionRecords(),
        config.waitReplicas(),
        config.waitTimeoutMs(),
        new BadRecords(context.errantRecordReporter(), metrics),
        metrics);
  }

  private SinkWriter writer(RedisEndpoint endpoint, Writing writing) {
    return endpoint.where().layout() == RedisAddress.Layout.CLUSTER
        ? new ClusterWriter(writing, () -> clients.openCluster(endpoint))
        : new FencedWriter(writing, () -> clients.open(endpoint));
  }

  /**
   * Writes records to Redis, in order.
   *
   * @throws RetriableException if Redis cannot be reached now; deliver the same records again
   */
  @Override
  public void put(Collection<SinkRecord> records) {
    if (records.isEmpty()) {
      connectEarly();
      return;
    }
    metrics.delivered(records);
    awaitNextTry();
    try {
      write(List.copyOf(records));
    } catch (RetriableException passing) {
      context.timeout(pauseAfter(passing));
      throw new WaitingException(passing.getMessage());
    }
    goOn();
  }

  /**
   * Whoever starts a connector is to see that Redis is not there, and not with the first record.
   */
  private void connectEarly() {
    if (connected || (pauses && System.nanoTime() < nextTryNanos)) {
      return;
    }
    try {
      write(List.of());
      goOn();
    } catch (RetriableException passing) {
      pauseAfter(passing);
    }
  }

  private long pauseAfter(RetriableException passing) {
    long pauseMs = backoff.next();
    metrics.retried(passing.getMessage());
    LOG.warn("{}; trying again in {} ms", passing.getMessage(), pauseMs);
    nextTryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
    pauses = true;
    connected = false;
    writer.disconnect();
    return pauseMs;
  }

  private void goOn() {
    pauses = false;
    connected = true;
    backoff.reset();
    access.letIn();
    metrics.goesOn();
  }

  private void write(List<SinkRecord> records) {
    try {
      writer.write(records);
    } catch (AccessRefusedException refused) {
      throw access.waitOut(refused);
    }
  }

  /**
   * Connect takes a pause for the longest one: whenever it commits offsets it delivers again, which
   * may be several times a second.
   */
  private void awaitNextTry() {
    long left = Math.min(LONGEST_HOLD_NANOS, nextTryNanos - System.nanoTime());
    if (!pauses || left <= 0) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(left);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WaitingException("stopped while waiting for Redis");
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    partitions.forEach(writer::forget);
  }

  @Override
  public void stop() {
    if (writer != null) {
      writer.disconnect();
      metrics.unregister();
    }
    if (clients != null) {
      clients.close();
    }
  }
}
