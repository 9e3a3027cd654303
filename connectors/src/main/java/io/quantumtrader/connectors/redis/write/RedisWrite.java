package io.quantumtrader.connectors.redis.write;

import java.util.ArrayList;
import java.util.List;

/**
 * One command for Redis.
 *
 * @param command its name, upper case
 * @param arguments its arguments, the key first
 */
public record RedisWrite(String command, List<String> arguments) {

  public RedisWrite {
    arguments = List.copyOf(arguments);
  }

  /** Returns a command with these arguments. */
  public static RedisWrite of(String command, String... arguments) {
    return new RedisWrite(command, List.of(arguments));
  }

  /** Returns the keys it touches; of a message the channel, which lives nowhere in particular. */
  public List<String> keys() {
    return command.equals("DEL") ? arguments : arguments.subList(0, 1);
  }

  /** Returns whether its key is a channel, which holds nothing. */
  public boolean isMessage() {
    return command.equals("PUBLISH");
  }

  /** Returns command and arguments as one list, as a client library would send them. */
  public List<String> words() {
    List<String> words = new ArrayList<>(arguments.size() + 1);
    words.add(command);
    words.addAll(arguments);
    return words;
  }

  /** Returns command and key only: arguments may hold what does not belong into a log. */
  @Override
  public String toString() {
    return arguments.isEmpty() ? command : command + " " + arguments.getFirst();
  }
}
