package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;

/** What time it is for a pipeline: a replay has the file's, and today would be its future. */
public final class PipelineClock {

  private static final Duration READING = Duration.ofSeconds(30);

  /** Few: the last step of each partition is what counts. */
  private static final long LAST_STEPS = 10;

  private PipelineClock() {}

  /**
   * Returns the greatest of the last steps of the clock, epoch milliseconds UTC; before the first
   * one, the wall clock.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @throws KafkaException if they cannot be read
   */
  public static long nowMs(Map<String, Object> client, RecordSerdes serdes) {
    AtomicLong last = new AtomicLong();
    new TopicReader(client, READING)
        .readLastValues(
            Topic.CLOCK,
            LAST_STEPS,
            serdes.of(Clock.class).deserializer(),
            step -> last.accumulateAndGet(step.getNowMs(), Math::max));
    return last.get() > 0 ? last.get() : System.currentTimeMillis();
  }
}
