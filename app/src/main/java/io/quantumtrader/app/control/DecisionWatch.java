package io.quantumtrader.app.control;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/** Waits for decisions that are written from now on. Not safe for use by several threads. */
public final class DecisionWatch implements AutoCloseable {

  private final RecordWatch records;

  /**
   * Begins to watch: what is written after this returns will be seen.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @throws KafkaException if the topic cannot be read
   */
  public DecisionWatch(Map<String, Object> client, RecordSerdes serdes) {
    records = new RecordWatch(client, serdes, Set.of(Topic.DECISION));
  }

  /**
   * Hands decisions over as they come.
   *
   * @param isEnough takes each decision and returns whether it was the last that is wanted
   * @param patience how long to wait for that
   * @return false if the time ran out
   */
  public boolean await(Predicate<Decision> isEnough, Duration patience) {
    return records.await(
        record -> record instanceof Decision decision && isEnough.test(decision), patience);
  }

  @Override
  public void close() {
    records.close();
  }
}
