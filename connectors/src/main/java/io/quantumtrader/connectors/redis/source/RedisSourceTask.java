package io.quantumtrader.connectors.redis.source;

import io.quantumtrader.connectors.redis.AccessPatience;
import io.quantumtrader.connectors.redis.Backoff;
import io.quantumtrader.connectors.redis.RetryConfig;
import io.quantumtrader.connectors.redis.Version;
import io.quantumtrader.connectors.redis.Waiting;
import io.quantumtrader.connectors.redis.write.AccessRefusedException;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the streams and watches the keys that the connector gave it, on one connection. */
public final class RedisSourceTask extends SourceTask {

  private static final Logger LOG = LoggerFactory.getLogger(RedisSourceTask.class);

  private final Clock clock;
  private final Map<Map<String, ?>, StreamTail> tails = new HashMap<>();
  private final List<KeyWatch> watches = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private RedisSourceConfig config;
  private RedisEndpoint endpoint;
  private Backoff backoff;
  private AccessPatience access;
  private final Waiting waiting = new Waiting();
  private SourceWaiting shown;
  private GroupReader group;
  private RedisClients clients;
  private StreamSession session;

  /** Creates a task as Connect does. */
  public RedisSourceTask() {
    this(Clock.systemUTC());
  }

  RedisSourceTask(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String version() {
    return Version.of(RedisSourceTask.class);
  }

  /**
   * Starts. Where Redis answers, the groups are there afterwards: a task that is shown to run
   * misses nothing that is added from then on. A key that holds no stream stops that stream alone.
   */
  @Override
  public void start(Map<String, String> properties) {
    config = new RedisSourceConfig(properties);
    endpoint = config.endpoint();
    backoff = config.backoff();
    access = RetryConfig.access(config);
    shown = new SourceWaiting(waiting, config.connector(), config.task());
    shown.register();
    DeadLetters letters =
        new DeadLetters(config.getString(RedisSourceConfig.DEAD_LETTERS), config.connector());
    int streams = config.mapping().streams().size();
    for (int part : config.parts()) {
      if (part < streams) {
        addStream(config.mapping().streams().get(part), letters, properties);
      } else {
        addKeys(config.mapping().keys().get(part - streams), properties);
      }
    }
    group = new GroupReader(config, List.copyOf(tails.values()), clock);
    clients = new RedisClients(endpoint.timeout(), endpoint.tls());
    try {
      group.prepare(session());
      access.letIn();
    } catch (RetriableException passing) {
      disconnect();
      waiting.failed(passing.getMessage());
      LOG.warn("{}; the groups will be created once Redis answers", passing.getMessage());
    }
  }

  private void addStream(
      SourceMapping.StreamSpec spec, DeadLetters letters, Map<String, String> properties) {
    EntryReader reader = Readers.of(spec);
    reader.configure(spec.topic(), properties);
    StreamTail tail = new StreamTail(spec, reader, config, letters, clock);
    tail.restore(context.offsetStorageReader().offset(tail.partition()));
    tail.metrics().register(context.pluginMetrics(), tail.stream());
    reader.register(context.pluginMetrics(), tail.stream());
    tails.put(tail.partition(), tail);
  }

  private void addKeys(SourceMapping.KeySpec spec, Map<String, String> properties) {
    KeyReader reader = Readers.of(spec);
    reader.configure(spec.topic(), properties);
    KeyWatch watch = new KeyWatch(spec, reader, config, clock);
    watch.restore(context.offsetStorageReader().offset(watch.partition()));
    watches.add(watch);
  }

  /**
   * Returns what there is, or null; waits a short time at most, a failure that may pass included.
   */
  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> out = new ArrayList<>();
    try {
      read(out);
      backoff.reset();
      access.letIn();
      tellTrouble();
    } catch (RetriableException passing) {
      disconnect();
      waiting.failed(passing.getMessage());
      if (out.isEmpty()) {
        long pauseMs = backoff.next();
        LOG.warn("{}; trying again in {} ms", passing.getMessage(), pauseMs);
        pause(pauseMs);
      }
    }
    return out.isEmpty() ? null : out;
  }

  private void tellTrouble() {
    if (group.trouble().isEmpty()) {
      waiting.ended();
    } else {
      waiting.failed(group.trouble());
    }
  }

  private void read(List<SourceRecord> out) throws InterruptedException {
    try {
      StreamSession open = session();
      for (KeyWatch watch : watches) {
        watch.poll(open, out);
      }
      if (!group.isReading()) {
        group.poll(open, 0, out);
        pause(out.isEmpty() ? keysDueInMs() : 0);
      } else {
        group.poll(open, blockMs(out), out);
      }
      troubles();
    } catch (AccessRefusedException refused) {
      throw access.waitOut(refused);
    }
  }

  private long blockMs(List<SourceRecord> out) {
    return out.isEmpty() ? Math.min(config.getLong(RedisSourceConfig.BLOCK), keysDueInMs()) : 0;
  }

  /** A group's read takes 0 for endless. */
  private long keysDueInMs() {
    return watches.stream()
        .mapToLong(watch -> Math.max(1, watch.dueInMs()))
        .min()
        .orElse(config.getLong(RedisSourceConfig.BLOCK));
  }

  /** What could not be taken is read again, on a new connection, after a pause. */
  private void troubles() {
    for (StreamTail tail : tails.values()) {
      RetriableException trouble = tail.trouble();
      if (trouble != null) {
        group.again(tail);
        throw trouble;
      }
    }
  }

  /** Notes that Kafka has a record; Redis is told with the next poll. */
  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    StreamTail tail = tails.get(record.sourcePartition());
    Object entry = record.sourceOffset().get(StreamTail.ENTRY);
    if (tail != null && entry != null) {
      tail.committed(entry.toString());
    }
  }

  /** Tells Redis what Kafka has and lets go of the connection. */
  @Override
  public void stop() {
    stopping.countDown();
    if (session != null) {
      try {
        group.acknowledge(session);
      } catch (RuntimeException failure) {
        LOG.warn(
            "entries stay unacknowledged and will be recognised later: {}", failure.getMessage());
      }
    }
    disconnect();
    if (shown != null) {
      shown.unregister();
    }
    tails.values().forEach(StreamTail::close);
    watches.forEach(KeyWatch::close);
    if (clients != null) {
      clients.close();
    }
  }

  private StreamSession session() {
    if (session == null) {
      session = StreamSession.open(clients, endpoint);
      group.reconnected();
    }
    return session;
  }

  private void disconnect() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private void pause(long millis) throws InterruptedException {
    boolean unused = stopping.await(millis, TimeUnit.MILLISECONDS);
  }
}
