package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  private final Clock clock;
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
      return;
    }
    metrics.delivered(records);
    try {
      writer.write(List.copyOf(records));
      backoff.reset();
    } catch (RetriableException passing) {
      long pauseMs = backoff.next();
      metrics.retried();
      LOG.warn("{}; trying again in {} ms", passing.getMessage(), pauseMs);
      context.timeout(pauseMs);
      writer.disconnect();
      throw passing;
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
