package io.quantumtrader.connectors.redis.expression;

import org.apache.kafka.connect.errors.DataException;

/** An expression cannot be worked out for this record: the record is bad, others may be good. */
public class EvaluationException extends DataException {

  /** Creates it with what is wrong. */
  public EvaluationException(String message) {
    super(message);
  }
}
