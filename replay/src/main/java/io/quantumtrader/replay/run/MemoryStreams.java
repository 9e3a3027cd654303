package io.quantumtrader.replay.run;

import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.TableLetters;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.NoOpProcessorWrapper;

/** The configuration of stages that run over topics in memory. */
public final class MemoryStreams {

  /** Stands where an address of a broker is wanted; there is none. */
  public static final String NO_BROKER = "none:0";

  private MemoryStreams() {}

  /**
   * Returns the configuration.
   *
   * @param log takes the dead letters of the global tables
   * @param more settings beside those that every such pipeline has
   */
  public static Properties configuration(RecordLog log, Map<String, Object> more) {
    Map<String, Object> given = new HashMap<>(more);
    given.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, NO_BROKER);
    // Nobody asks for the numbers of nodes here.
    given.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, NoOpProcessorWrapper.class);
    given.put(TableLetters.SETTING, new Letters(log));
    return new StreamsSettings(given).properties();
  }

  /** Dead letters of the global tables. */
  private record Letters(RecordLog log) implements TableLetters {

    @Override
    public void bury(TopicPartition source, long offset, ProducerRecord<byte[], byte[]> letter) {
      log.append(letter);
    }

    @Override
    public void close() {}
  }
}
