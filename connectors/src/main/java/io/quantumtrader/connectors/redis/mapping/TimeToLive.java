package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.format.Numbers;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.math.BigDecimal;
import java.util.List;

/** How long a key lives after a write. */
sealed interface TimeToLive {

  /** A key without expiry. */
  TimeToLive FOREVER = new Unlimited();

  /**
   * Returns the time to live in milliseconds: {@link #NONE} without expiry, 0 or less if it lapsed.
   */
  long millis(RenderContext context);

  /** Stands for no expiry. */
  long NONE = Long.MAX_VALUE;

  /** A time to live whose lapsed records are passed over: they leave the keys as they are. */
  record PassingOver(TimeToLive living) implements TimeToLive {
    @Override
    public long millis(RenderContext context) {
      return living.millis(context);
    }
  }

  /** No expiry. */
  record Unlimited() implements TimeToLive {
    @Override
    public long millis(RenderContext context) {
      return NONE;
    }
  }

  /** Seconds from the write on. */
  record FromWrite(Expression seconds) implements TimeToLive {
    @Override
    public long millis(RenderContext context) {
      return milliseconds(seconds, context);
    }
  }

  /** Seconds from a moment in the record on. */
  record FromMoment(Expression seconds, Expression epochMs) implements TimeToLive {
    @Override
    public long millis(RenderContext context) {
      return moment(epochMs, context) + milliseconds(seconds, context) - context.referenceMs();
    }
  }

  /** Up to a moment in the record. */
  record Until(Expression epochMs) implements TimeToLive {
    @Override
    public long millis(RenderContext context) {
      return moment(epochMs, context) - context.referenceMs();
    }
  }

  /**
   * Adds what a record does to keys when its time is over already: they go, as after an EXPIREAT in
   * the past, so that none goes on showing what an earlier record said.
   */
  static void appendLapsed(TimeToLive ttl, List<String> keys, List<RedisWrite> writes) {
    if (!(ttl instanceof PassingOver)) {
      writes.add(new RedisWrite("DEL", keys));
    }
  }

  /** Adds the arguments that give a key this time to live in a SET. */
  static void appendToSet(long millis, List<String> arguments) {
    if (millis == NONE) {
      return;
    }
    boolean wholeSeconds = millis % 1000 == 0;
    arguments.add(wholeSeconds ? "EX" : "PX");
    arguments.add(Long.toString(wholeSeconds ? millis / 1000 : millis));
  }

  /** Adds the command that gives a key this time to live. */
  static void appendCommand(long millis, String key, List<RedisWrite> writes) {
    if (millis == NONE) {
      return;
    }
    if (millis % 1000 == 0) {
      writes.add(RedisWrite.of("EXPIRE", key, Long.toString(millis / 1000)));
    } else {
      writes.add(RedisWrite.of("PEXPIRE", key, Long.toString(millis)));
    }
  }

  /** Works out a number of seconds, in milliseconds. */
  static long milliseconds(Expression seconds, RenderContext context) {
    BigDecimal value = number(seconds.evaluate(context.scope()));
    return value.movePointRight(3).longValue();
  }

  private static long moment(Expression epochMs, RenderContext context) {
    return Numbers.whole(number(epochMs.evaluate(context.scope())));
  }

  /** A header's value is often a text that spells a number. */
  private static BigDecimal number(Object value) {
    return value instanceof String text && text.matches("-?\\d{1,15}(\\.\\d{1,9})?")
        ? new BigDecimal(text)
        : Numbers.decimal(value);
  }
}
