package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.Template;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * SADD, ZADD, LPUSH or RPUSH.
 *
 * @param command which of them
 * @param replace whether what the key held goes first
 * @param maxLength for lists, how many items are kept: those that were pushed last
 */
record MemberAdd(
    List<Template> keys,
    String command,
    Members members,
    boolean replace,
    OptionalLong maxLength,
    TimeToLive ttl)
    implements CommandSpec {

  /** More arguments than a command takes easily; a script's stack holds 8000. */
  private static final int MOST_ARGUMENTS = 1000;

  @Override
  public boolean ownsKeys() {
    return replace;
  }

  @Override
  public void render(RenderContext context, List<RedisWrite> writes) {
    long millis = ttl.millis(context);
    List<String> arguments = members.arguments(context.scope());
    if (millis <= 0) {
      TimeToLive.appendLapsed(ttl, context.keys(keys), writes);
      return;
    }
    if (arguments.isEmpty() && !replace) {
      return;
    }
    for (String key : context.keys(keys)) {
      if (replace) {
        writes.add(RedisWrite.of("DEL", key));
      }
      if (!arguments.isEmpty()) {
        add(key, arguments, writes);
        TimeToLive.appendCommand(millis, key, writes);
      }
    }
  }

  private void add(String key, List<String> arguments, List<RedisWrite> writes) {
    for (int from = 0; from < arguments.size(); from += MOST_ARGUMENTS) {
      int to = Math.min(arguments.size(), from + MOST_ARGUMENTS);
      List<String> part = new ArrayList<>(to - from + 1);
      part.add(key);
      part.addAll(arguments.subList(from, to));
      writes.add(new RedisWrite(command, part));
    }
    if (maxLength.isPresent()) {
      writes.add(trim(key, maxLength.getAsLong()));
    }
  }

  /** The last item pushed is at the head after LPUSH, at the tail after RPUSH. */
  private RedisWrite trim(String key, long keep) {
    return command.equals("LPUSH")
        ? RedisWrite.of("LTRIM", key, "0", Long.toString(keep - 1))
        : RedisWrite.of("LTRIM", key, Long.toString(-keep), "-1");
  }
}
