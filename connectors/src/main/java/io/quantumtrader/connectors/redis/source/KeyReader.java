package io.quantumtrader.connectors.redis.source;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What a change of watched keys becomes. An implementation is named in the mapping, has a public
 * constructor without parameters and is used by one thread.
 */
public interface KeyReader extends AutoCloseable {

  /**
   * Values of the watched keys by their names without prefix; empty where a key is absent.
   *
   * @param now what they hold
   * @param written what a sink wrote to them last, empty also where none ever did
   */
  record Change(Map<String, String> now, Map<String, String> written) {}

  /**
   * Called once before the first change.
   *
   * @param topic the topic that the mapping names
   * @param settings all settings of the connector
   */
  void configure(String topic, Map<String, String> settings);

  /** Returns whether a change takes effect at once; others must last for a while first. */
  boolean isUrgent(Change change);

  /**
   * Reads a change.
   *
   * @param change at least one key differs from what was written
   * @param nowMs wall clock, epoch milliseconds
   * @return what it becomes, in order
   * @throws RetriableException if it cannot be read now; it is tried again
   */
  List<Output> read(Change change, long nowMs);

  @Override
  default void close() {}
}
