package io.quantumtrader.connectors.redis.source;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What entries of a stream become. An implementation is named in the mapping, has a public
 * constructor without parameters and is used by one thread.
 */
public interface EntryReader extends AutoCloseable {

  /**
   * Called once before the first entry.
   *
   * @param topic the topic that the mapping names
   * @param settings all settings of the connector
   */
  void configure(String topic, Map<String, String> settings);

  /**
   * Called once before the first entry, for a reader that has something to count.
   *
   * @param metrics Connect's metrics; null where there are none
   * @param stream key of the stream
   */
  default void register(PluginMetrics metrics, String stream) {}

  /**
   * Reads an entry.
   *
   * @param entry it is not deleted
   * @return what it becomes, in order; none where nothing is to be said about it
   * @throws UnreadableEntryException if it cannot be read, now or ever
   * @throws RetriableException if it cannot be read now: nothing is lost, it is tried again
   */
  List<Output> read(StreamEntry entry);

  @Override
  default void close() {}
}
