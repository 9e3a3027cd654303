package io.quantumtrader.connectors.redis.expression;

import java.util.Map;
import org.apache.commons.jexl3.JexlContext;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What an expression can see: one record, and the expressions that have a name.
 *
 * @param record the record
 * @param definitions the expressions by name
 */
public record Scope(SinkRecord record, Map<String, Expression> definitions) implements JexlContext {

  /** Creates it for a record alone. */
  public Scope(SinkRecord record) {
    this(record, Map.of());
  }

  Scope with(Map<String, Expression> named) {
    return new Scope(record, named);
  }

  @Override
  public Object get(String name) {
    return switch (name) {
      case "key" -> record.key();
      case "value" -> record.value();
      case "topic" -> record.topic();
      case "partition" -> record.kafkaPartition();
      case "offset" -> record.kafkaOffset();
      case "timestamp" -> record.timestamp();
      case "header" -> record.headers();
      default -> definitions.containsKey(name) ? definitions.get(name).evaluate(this) : null;
    };
  }

  /** Functions are asked for, too, and are no variables. */
  @Override
  public boolean has(String name) {
    return definitions.containsKey(name) || Root.named(name).isPresent();
  }

  @Override
  public void set(String name, Object value) {
    throw new UnsupportedOperationException("an expression changes nothing");
  }
}
