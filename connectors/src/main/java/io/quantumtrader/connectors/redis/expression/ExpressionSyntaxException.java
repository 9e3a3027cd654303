package io.quantumtrader.connectors.redis.expression;

import org.apache.kafka.common.config.ConfigException;

/** An expression of the mapping cannot be read. */
public final class ExpressionSyntaxException extends ConfigException {

  /** Creates it with what is wrong. */
  public ExpressionSyntaxException(String problem) {
    super(problem);
  }

  /**
   * Creates it.
   *
   * @param problem what is wrong
   * @param text the whole expression
   * @param column where, counted from 1
   */
  public ExpressionSyntaxException(String problem, String text, int column) {
    super(problem + " at column " + column + " of \"" + text + "\"");
  }
}
