package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.topic.Accounts;
import java.util.Optional;

/**
 * Where an intent belongs. Strangers write intents, and their clients choose the partition by other
 * hashes than Kafka's, or by none where there is no key; so an intent is taken wherever it lies, as
 * long as it is clear which account it is for.
 */
public final class IntentPlace {

  private IntentPlace() {}

  /**
   * Returns the account that an intent is for, or empty where that is not clear: the value names no
   * account, or there is a key and it names another one.
   *
   * @param key key of the record, {@code account} or {@code account:symbol}; may be null or empty
   * @param named the account that the value names
   */
  public static Optional<String> account(String key, String named) {
    boolean agrees = key == null || key.isEmpty() || Accounts.accountOf(key).equals(named);
    return Optional.of(named).filter(name -> agrees && Accounts.isName(name));
  }
}
