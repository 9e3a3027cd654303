package io.quantumtrader.connectors.redis.expression;

/** A path names a field that the record does not have. */
public final class MissingFieldException extends EvaluationException {

  /** Creates it with the path and the part of it that is missing. */
  public MissingFieldException(String path, String field) {
    super("missing field '" + field + "' in " + path);
  }
}
