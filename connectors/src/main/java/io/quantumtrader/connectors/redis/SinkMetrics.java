package io.quantumtrader.connectors.redis;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a task does. Written by the task's thread, read by any. */
final class SinkMetrics implements SinkMetricsMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

  /** The one that is shown under each name: only it takes itself away. */
  private static final Map<ObjectName, SinkMetrics> SHOWN = new ConcurrentHashMap<>();

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong passedOver = new AtomicLong();
  private final AtomicLong deadLettered = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong newestMs = new AtomicLong(-1);
  private final Map<TopicPartition, Long> fences = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> delivered = new ConcurrentHashMap<>();
  private final Waiting waiting = new Waiting();
  private final Clock clock;
  private final ObjectName name;

  /**
   * Creates it, not yet shown.
   *
   * @param connector the connector's name
   * @param task the task's number
   */
  SinkMetrics(Clock clock, String connector, String task) {
    this.clock = clock;
    this.name = name(connector, task);
  }

  /** Shows it; a task of the same name that has not ended yet gives way. */
  void register() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      try {
        server.registerMBean(this, name);
      } catch (InstanceAlreadyExistsException stale) {
        server.unregisterMBean(name);
        server.registerMBean(this, name);
      }
      SHOWN.put(name, this);
    } catch (JMException refused) {
      LOG.warn("cannot register metrics as {}: {}", name, refused.getMessage());
    }
  }

  /** Shows it no longer. */
  void unregister() {
    if (!SHOWN.remove(name, this)) {
      return;
    }
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException absent) {
      LOG.debug("cannot register metrics as {}: {}", name, absent.getMessage());
    }
  }

  void delivered(Collection<SinkRecord> records) {
    TopicPartition partition = null;
    for (SinkRecord record : records) {
      partition = RenderedRecord.partition(record, partition);
      delivered.put(partition, record.originalKafkaOffset() + 1);
      fences.putIfAbsent(partition, record.originalKafkaOffset());
    }
  }

  void written(List<RenderedRecord> records) {
    written.addAndGet(records.size());
    for (RenderedRecord record : records) {
      Long timestamp = record.record().timestamp();
      if (timestamp != null) {
        newestMs.accumulateAndGet(timestamp, Math::max);
      }
    }
  }

  void fence(TopicPartition partition, long nextOffset) {
    fences.put(partition, nextOffset);
  }

  void passedOver(long records) {
    passedOver.addAndGet(records);
  }

  void deadLettered() {
    deadLettered.incrementAndGet();
  }

  void retried(String why) {
    retries.incrementAndGet();
    waiting.failed(why);
  }

  void goesOn() {
    waiting.ended();
  }

  void lost(long offsets) {
    lost.addAndGet(offsets);
  }

  void forget(TopicPartition partition) {
    fences.remove(partition);
    delivered.remove(partition);
  }

  @Override
  public long getRecordsWritten() {
    return written.get();
  }

  @Override
  public long getRecordsPassedOver() {
    return passedOver.get();
  }

  @Override
  public long getRecordsDeadLettered() {
    return deadLettered.get();
  }

  @Override
  public long getRetries() {
    return retries.get();
  }

  @Override
  public long getOffsetsLost() {
    return lost.get();
  }

  @Override
  public Map<String, Long> getFenceOffsets() {
    return byName(fences);
  }

  @Override
  public Map<String, Long> getPendingOffsets() {
    Map<TopicPartition, Long> pending = new HashMap<>();
    delivered.forEach(
        (partition, next) ->
            pending.put(partition, Math.max(0, next - fences.getOrDefault(partition, 0L))));
    return byName(pending);
  }

  @Override
  public long getLagMs() {
    long newest = newestMs.get();
    return newest < 0 ? -1 : clock.millis() - newest;
  }

  @Override
  public String getWaitingFor() {
    return waiting.why();
  }

  @Override
  public long getWaitingMs() {
    return waiting.millis();
  }

  private static Map<String, Long> byName(Map<TopicPartition, Long> values) {
    Map<String, Long> named = new TreeMap<>();
    values.forEach((partition, value) -> named.put(partition.toString(), value));
    return named;
  }

  private static ObjectName name(String connector, String task) {
    try {
      return new ObjectName(
          "io.quantumtrader.connectors.redis:type=sink,connector="
              + ObjectName.quote(connector)
              + ",task="
              + task);
    } catch (JMException wrong) {
      throw new IllegalArgumentException("cannot make a name for metrics: " + connector, wrong);
    }
  }
}
