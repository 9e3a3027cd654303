package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Turns records into Redis commands. It has no state and does no I/O. */
public final class RecordMapper {

  private final Mapping mapping;
  private final String keyPrefix;
  private final ExpiryReference reference;

  /**
   * Creates it.
   *
   * @param keyPrefix stands before every key, may be empty
   * @param reference what absolute expiries are counted from
   */
  public RecordMapper(Mapping mapping, String keyPrefix, ExpiryReference reference) {
    this.mapping = mapping;
    this.keyPrefix = keyPrefix;
    this.reference = reference;
  }

  /**
   * Returns the commands for a record, in order; none where no condition holds or all has lapsed.
   *
   * @param nowMs wall clock, epoch milliseconds
   * @throws DataException if the record cannot be written: a field is missing, null or of the wrong
   *     type, or the topic has no mapping; the message says which
   */
  public List<RedisWrite> writes(SinkRecord record, long nowMs) {
    TopicMapping topic = mapping.of(record.topic());
    if (topic == null) {
      throw new EvaluationException("topic " + record.topic() + " has no mapping");
    }
    List<RedisWrite> writes = new ArrayList<>();
    topic.render(new RenderContext(new Scope(record), keyPrefix, reference, nowMs), writes);
    return writes;
  }
}
