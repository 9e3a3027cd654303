package io.quantumtrader.connectors.redis.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What a change of watched keys becomes. An implementation is named in the mapping, has a public
 * constructor without parameters and is used by one thread.
 */
public interface KeyReader extends AutoCloseable {

  /** In place of the value of a key that holds a list, a hash or another type that is no text. */
  String NO_STRING = HeldValue.NO_STRING;

  /**
   * What others than the sink want by the watched keys. Keys go by their names without prefix.
   *
   * @param now what others have put there and still stands; empty where a key is absent or holds
   *     what the sink wrote
   * @param before the same as it was when it last became records
   * @param against keys in which others have replaced or removed what the sink wrote
   * @param elsewhere what was set last by other means than these keys, as the sink noted it; empty
   *     where nothing is known of it or others have overruled it since
   */
  record Change(
      Map<String, String> now, Map<String, String> before, Set<String> against, String elsewhere) {

    public Change {
      now = Map.copyOf(now);
      before = Map.copyOf(before);
      against = Set.copyOf(against);
    }

    /** Creates a change where no sink has written. */
    public Change(Map<String, String> now, Map<String, String> before) {
      this(now, before, Set.of(), "");
    }

    Change overruling() {
      return new Change(now, before, against, "");
    }
  }

  /**
   * Called once before the first change.
   *
   * @param topic the topic that the mapping names
   * @param settings all settings of the connector
   */
  void configure(String topic, Map<String, String> settings);

  /** Returns whether a change takes effect at once; others must last for a while first. */
  boolean isUrgent(Change change);

  /** Returns whether what was set elsewhere no longer counts after this change. */
  default boolean overrules(Change change) {
    return false;
  }

  /**
   * Reads a change.
   *
   * @param change what others want differs from before, or they have undone what the sink wrote
   * @param nowMs wall clock, epoch milliseconds
   * @return what it becomes, in order
   * @throws RetriableException if it cannot be read now; it is tried again
   */
  List<Output> read(Change change, long nowMs);

  @Override
  default void close() {}
}
