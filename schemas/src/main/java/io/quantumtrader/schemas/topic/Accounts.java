package io.quantumtrader.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/**
 * Account names, the keys made of them and the partition they belong to. An account is the unit of
 * consistency: everything keyed {@code account} or {@code account:symbol} is in one partition.
 */
public final class Accounts {

  /** The account that is meant where none is named. */
  public static final String MAIN = "main";

  /** Stands for all accounts in control records and for none in decisions. */
  public static final String ALL = "*";

  /**
   * Key of the control record that has what is ordered of all accounts beside their trading state:
   * locks of symbols, and orders to reduce or to tighten a stop. The record under {@link #ALL} is
   * replaced whole by whoever writes the old system's keys, who knows of none of these.
   */
  public static final String ALL_ORDERS = "*:orders";

  /** What an account name is, for people. */
  public static final String RULE =
      "1 to 32 of a-z, 0-9, underscore and dash, and not a word that keys in Redis begin with"
          + " (position, stream, state and the like)";

  private static final int LONGEST_NAME = 32;

  /**
   * First words of keys in Redis. The keys of an account other than main begin with its name, so
   * that an account called position would write among what readers take for positions of main.
   */
  private static final Set<String> KEY_FAMILIES =
      Set.of(
          "account",
          "ai",
          "allocation",
          "apply",
          "candles",
          "capital",
          "cfg",
          "churn",
          "connect",
          "cooldown",
          "dag3",
          "dedup",
          "dedupe",
          "equity",
          "equity_usd",
          "exit",
          "exit_agent",
          "exit_gw",
          "global",
          "gov",
          "governor",
          "harvest",
          "inflight",
          "intent_bridge",
          "intent_executor",
          "kill",
          "layer4",
          "ledger",
          "live_signals",
          "lockdown",
          "manual_lane",
          "market",
          "market_state",
          "marketstate",
          "metrics",
          "p26",
          "permit",
          "policy",
          "portfolio",
          "position",
          "reconcile",
          "risk",
          "rotation",
          "runtime",
          "slots",
          "state",
          "stream",
          "svc",
          "system",
          "ticker");

  private Accounts() {}

  /**
   * Returns whether this is an account name: 1 to 32 of a-z, 0-9, underscore and dash, and not a
   * word that keys in Redis begin with.
   */
  public static boolean isName(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST_NAME) {
      return false;
    }
    if (KEY_FAMILIES.contains(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isInName(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInName(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= '0' && letter <= '9')
        || letter == '_'
        || letter == '-';
  }

  /** Returns the key {@code account:symbol}. */
  public static String key(String account, String symbol) {
    return account + ":" + symbol;
  }

  /** Returns the account of a key {@code account} or {@code account:symbol}. */
  public static String accountOf(String key) {
    int colon = key.indexOf(':');
    return colon < 0 ? key : key.substring(0, colon);
  }

  /** Returns the symbol of a key {@code account:symbol}, or the empty string. */
  public static String symbolOf(String key) {
    int colon = key.indexOf(':');
    return colon < 0 ? "" : key.substring(colon + 1);
  }

  /**
   * Returns the partition of an account: toPositive(murmur2(utf8(account))) % n, which is Kafka's
   * default for the plain account as key.
   *
   * @param account the account name, or any text
   * @param partitions partition count, 1 or more
   */
  public static int partitionOf(String account, int partitions) {
    return partitionOf(account.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /**
   * Returns the partition that Kafka's own partitioner gives a key.
   *
   * @param key its bytes
   * @param partitions partition count, 1 or more
   */
  public static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
