package io.quantumtrader.connectors.redis.source;

/** Names of the headers of an entry that cannot be read. */
public final class DeadLetterHeaders {

  /** Why, a code. */
  public static final String REASON = "redis.reason";

  /** Why, for people. */
  public static final String MESSAGE = "__connect.errors.exception.message";

  /** Where the entry would have gone. */
  public static final String TARGET = "__connect.errors.topic";

  /** Key of the stream. */
  public static final String STREAM = "redis.stream";

  /** The entry's id. */
  public static final String ID = "redis.id";

  private DeadLetterHeaders() {}
}
