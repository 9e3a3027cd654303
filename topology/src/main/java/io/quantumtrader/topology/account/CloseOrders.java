package io.quantumtrader.topology.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Operators' orders that were taken up: the positions that are still to be closed, under {@code
 * account|order id}. An order without any is done, as one that closes nothing is at once; it stays
 * as long as the control record names it, so that it is never taken up again.
 */
final class CloseOrders {

  private static final String BETWEEN = ",";

  private final KeyValueStore<String, String> store;

  CloseOrders(KeyValueStore<String, String> store) {
    this.store = store;
  }

  /** Returns the positions still to be closed, or empty for an order that was not taken up yet. */
  Optional<List<String>> remaining(String account, String orderId) {
    return Optional.ofNullable(store.get(key(account, orderId)))
        .map(text -> text.isEmpty() ? List.of() : List.of(text.split(BETWEEN)));
  }

  void put(String account, String orderId, List<String> positionIds) {
    store.put(key(account, orderId), String.join(BETWEEN, positionIds));
  }

  /** Forgets done orders that no control record names any more. */
  void forgetAllBut(Set<String> namedKeys) {
    List<String> gone = new ArrayList<>();
    try (KeyValueIterator<String, String> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, String> entry = all.next();
        if (entry.value.isEmpty() && !namedKeys.contains(entry.key)) {
          gone.add(entry.key);
        }
      }
    }
    gone.forEach(store::delete);
  }

  static String key(String account, String orderId) {
    return account + "|" + orderId;
  }
}
