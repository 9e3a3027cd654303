package io.quantumtrader.execution.twin.engine;

import io.quantumtrader.execution.twin.core.TwinError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Listen keys: one an account, alive for an hour after it was last asked for. Thread-safe. */
public final class ListenKeys {

  private final Map<String, Key> keys = new TreeMap<>();
  private final long seed;
  private final long lifeMs;
  private long made;

  private record Key(String text, long untilMs) {}

  /** A key that is over. */
  public record Over(String account, String key) {}

  /**
   * Creates them, none alive.
   *
   * @param lifeMs how long a key lives, milliseconds
   */
  public ListenKeys(long seed, long lifeMs) {
    this.seed = seed;
    this.lifeMs = lifeMs;
  }

  /** Returns an account's key, a new one where none is alive; it lives from now. */
  public synchronized String create(String account, long nowMs) {
    Key held = keys.get(account);
    String text = held == null || held.untilMs() <= nowMs ? next(account) : held.text();
    keys.put(account, new Key(text, nowMs + lifeMs));
    return text;
  }

  /** Lets an account's key live from now; -1125 where none is alive. */
  public synchronized String keepAlive(String account, long nowMs) {
    Key held = keys.get(account);
    if (held == null || held.untilMs() <= nowMs) {
      throw TwinError.LISTEN_KEY.refused();
    }
    keys.put(account, new Key(held.text(), nowMs + lifeMs));
    return held.text();
  }

  /** Ends an account's key, without an event; -1125 where there is none. */
  public synchronized void delete(String account) {
    if (keys.remove(account) == null) {
      throw TwinError.LISTEN_KEY.refused();
    }
  }

  /** Returns the account that a key is alive for. */
  public synchronized Optional<String> account(String key, long nowMs) {
    return keys.entrySet().stream()
        .filter(entry -> entry.getValue().text().equals(key))
        .filter(entry -> entry.getValue().untilMs() > nowMs)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Lets an account's key be over at once, as if its time had come. */
  public synchronized void expire(String account) {
    Key held = keys.get(account);
    if (held != null) {
      keys.put(account, new Key(held.text(), 0));
    }
  }

  /** Removes and returns the keys whose time is over. */
  public synchronized List<Over> takeOver(long nowMs) {
    List<Over> over = new ArrayList<>();
    keys.forEach(
        (account, key) -> {
          if (key.untilMs() <= nowMs) {
            over.add(new Over(account, key.text()));
          }
        });
    over.forEach(each -> keys.remove(each.account()));
    return List.copyOf(over);
  }

  /** A key follows from the seed alone, like everything here; it guards nothing. */
  private String next(String account) {
    made++;
    byte[] bytes = (seed + "|" + account + "|" + made).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
