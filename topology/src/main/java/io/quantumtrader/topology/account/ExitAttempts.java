package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ExitAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** How often each exit was tried. Keys are {@code account|exit key}. */
final class ExitAttempts {

  private final KeyValueStore<String, ExitAttempt> store;

  ExitAttempts(KeyValueStore<String, ExitAttempt> store) {
    this.store = store;
  }

  Optional<ExitAttempt> find(String account, String exitKey) {
    return Optional.ofNullable(store.get(key(account, exitKey)));
  }

  void put(ExitAttempt attempt) {
    store.put(key(attempt.getAccount(), attempt.getExitKey()), attempt);
  }

  void remove(String account, String exitKey) {
    store.delete(key(account, exitKey));
  }

  /** Forgets what last changed longer ago than its account keeps it. */
  void forget(ToLongFunction<String> keepMsOfAccount, long nowMs) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, ExitAttempt> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, ExitAttempt> entry = all.next();
        long keepMs = keepMsOfAccount.applyAsLong(entry.value.getAccount());
        if (nowMs - entry.value.getAtMs() >= keepMs) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(store::delete);
  }

  private static String key(String account, String exitKey) {
    return account + "|" + exitKey;
  }
}
