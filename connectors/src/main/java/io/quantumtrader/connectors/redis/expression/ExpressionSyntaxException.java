package io.quantumtrader.connectors.redis.expression;

import org.apache.kafka.common.config.ConfigException;

/** An expression of the mapping cannot be read. */
public final class ExpressionSyntaxException extends ConfigException {

  /**
   * Creates it.
   *
   * @param problem what is wrong
   * @param text the whole expression
   * @param position where, counted from 0
   */
  public ExpressionSyntaxException(String problem, String text, int position) {
    super(problem + " at position " + position + " of \"" + text + "\"");
  }
}
