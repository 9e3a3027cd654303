package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.connectors.redis.write.RedisSession;
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
  private RedisEndpoint endpoint;
  private Backoff backoff;
  private FencedWriter writer;
  private RedisClients clients;
  private RedisSession session;

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
    endpoint = config.endpoint();
    backoff = config.backoff();
    BadRecords badRecords = new BadRecords(context.errantRecordReporter());
    RecordMapper mapper =
        new RecordMapper(config.mapping(), config.keyPrefix(), config.expiryReference());
    OffsetFence fence = new OffsetFence(config.fenceKey());
    writer = new FencedWriter(mapper, fence, config.transactionRecords(), badRecords, clock);
    clients = new RedisClients(config.timeout());
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
    try {
      writer.write(session(), List.copyOf(records));
      backoff.reset();
    } catch (RetriableException passing) {
      long pauseMs = backoff.next();
      LOG.warn("{}; trying again in {} ms", passing.getMessage(), pauseMs);
      context.timeout(pauseMs);
      disconnect();
      throw passing;
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    partitions.forEach(writer::forget);
  }

  @Override
  public void stop() {
    disconnect();
    if (clients != null) {
      clients.close();
    }
  }

  private RedisSession session() {
    if (session == null) {
      session = clients.open(endpoint);
    }
    return session;
  }

  private void disconnect() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
