package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.DecisionFailedException;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Refuses records that are not this task's: an account belongs to one partition, and a record in
 * another, or with one account in its key and another in its value, would be decided over the wrong
 * stores.
 */
final class KeyCheck {

  private final int partitions;
  private final ProcessingContext context;

  /**
   * Creates the check of one processor.
   *
   * @param partitions partitions of the account topics
   */
  KeyCheck(int partitions, ProcessingContext context) {
    this.partitions = partitions;
    this.context = context;
  }

  /**
   * Returns the account of a record.
   *
   * @param accountOf reads the account from the value
   * @throws DecisionFailedException where there is no value, the account is no account's name, or
   *     key, value and partition do not belong together
   */
  <V> String accountOfValue(Record<String, V> record, Function<V, String> accountOf) {
    if (record.value() == null) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_MISSING, "key " + record.key() + " has no value");
    }
    String account = accountNamed(record.key());
    String named = accountOf.apply(record.value());
    if (!account.equals(named)) {
      throw mismatch(record.key(), named);
    }
    return atHome(account);
  }

  /**
   * Returns the account of a key {@code account} or {@code account:symbol}.
   *
   * @throws DecisionFailedException where it is no account's name or lies in the wrong partition
   */
  String accountOfKey(String key) {
    return atHome(accountNamed(key));
  }

  private static String accountNamed(String key) {
    String account = key == null ? "" : Accounts.accountOf(key);
    if (!Accounts.isName(account)) {
      throw new DecisionFailedException(
          ReasonCode.ACCOUNT_INVALID, "key " + key + " names no account");
    }
    return account;
  }

  private String atHome(String account) {
    int partition = partition();
    int home = Accounts.partitionOf(account, partitions);
    if (home != partition) {
      throw new DecisionFailedException(
          ReasonCode.KEY_PARTITION_MISMATCH,
          "account " + account + " belongs to partition " + home + ", not to " + partition);
    }
    return account;
  }

  /** Returns the partition that the record lies in. */
  int partition() {
    return context.recordMetadata().map(RecordMetadata::partition).orElseThrow();
  }

  /** Returns the failure of a record whose value is about something else than its key. */
  static DecisionFailedException mismatch(String key, String named) {
    return new DecisionFailedException(
        ReasonCode.KEY_VALUE_MISMATCH, "key " + key + ", but the value is about " + named);
  }
}
