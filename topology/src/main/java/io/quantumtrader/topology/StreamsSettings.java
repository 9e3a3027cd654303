package io.quantumtrader.topology;

import io.quantumtrader.schemas.serde.RegistryPatience;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.errors.DeadLetterUndecided;
import io.quantumtrader.topology.errors.DeadLetterUnreadable;
import io.quantumtrader.topology.errors.FailOnProductionError;
import io.quantumtrader.topology.failure.FailedRecords;
import io.quantumtrader.topology.failure.ThreadDeaths;
import io.quantumtrader.topology.live.MeasuringWrapper;
import io.quantumtrader.topology.live.NodeMeters;
import io.quantumtrader.topology.time.PlausibleTime;
import io.quantumtrader.topology.time.ProcessClock;
import io.quantumtrader.topology.time.StageClocks;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the topology runs: exactly once, every name explicit, dead letters only for what cannot be
 * read or decided. One instance belongs to one process that runs the topology.
 */
public final class StreamsSettings {

  /** Application id unless another is set. */
  public static final String APPLICATION_ID = "quantum-streams";

  /**
   * How long the accounts and symbols of a process that died wait before another takes them up: the
   * executor's, too. Kafka's default of 45 s is most of what an intent is worth.
   */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /** Within the five minutes in which a thread has to poll again, with as much to spare. */
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(150);

  private final GlobalTableProgress globalTables = new GlobalTableProgress();
  private final ProcessClock clock = new ProcessClock();
  private final StageClocks stageClocks = new StageClocks();
  private final NodeMeters meters = new NodeMeters();
  private final FailedRecords failedRecords = new FailedRecords();
  private final ThreadDeaths threadDeaths = new ThreadDeaths(failedRecords);
  private final RegistryPatience registryPatience = new RegistryPatience(REGISTRY_PATIENCE);
  private final Properties properties = new Properties();

  /**
   * Creates the settings.
   *
   * @param overrides Streams configuration that goes before what is set here; {@code
   *     bootstrap.servers} and {@code state.dir} have no default
   */
  public StreamsSettings(Map<String, ?> overrides) {
    this(Tuning.LATENCY, overrides);
  }

  /**
   * Creates the settings.
   *
   * @param tuning what they are tuned for
   * @param overrides as above
   */
  public StreamsSettings(Tuning tuning, Map<String, ?> overrides) {
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MS);
    addConsistency();
    properties.putAll(tuning.properties());
    addErrors();
    properties.put(GlobalTableProgress.SETTING, globalTables);
    properties.put(ProcessClock.SETTING, clock);
    properties.put(StageClocks.SETTING, stageClocks);
    properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, MeasuringWrapper.class);
    properties.put(NodeMeters.SETTING, meters);
    properties.put(FailedRecords.SETTING, failedRecords);
    properties.put(RegistryPatience.SETTING, registryPatience);
    properties.putAll(overrides);
    properties.putIfAbsent(TableLetters.SETTING, new BrokerTableLetters(properties()));
  }

  private void addConsistency() {
    properties.put(StreamsConfig.POLL_MS_CONFIG, 5L);
    // What comes up while a request is under way goes out together in the next. With several under
    // way a busy broker may see them out of order, refuse them and have them sent again.
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    // Decisions never sit behind a cache: what is forwarded is all that happened.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
  }

  @SuppressWarnings("deprecation") // goes with 5.0, where it becomes the default
  private void addErrors() {
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, PlausibleTime.class);
    properties.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topic.DEAD_LETTER.topicName());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterUnreadable.class);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterUndecided.class);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailOnProductionError.class);
  }

  /** Returns the configuration of the topology and of the Streams client. */
  public Properties properties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /** Returns how far the global tables of this process are. */
  public GlobalTableProgress globalTables() {
    return globalTables;
  }

  /** Returns the greatest step of the clock that this process has read. */
  public ProcessClock clock() {
    return clock;
  }

  /** Returns the time in each account partition that this process works on. */
  public StageClocks stageClocks() {
    return stageClocks;
  }

  /** Returns what the nodes of this process did since it started. */
  public NodeMeters meters() {
    return meters;
  }

  /** Returns what happens when a thread of the stages dies; there is one policy, and this is it. */
  public ThreadDeaths threadDeaths() {
    return threadDeaths;
  }

  /** Returns how the stages wait for a registry that is away. */
  public RegistryPatience registryPatience() {
    return registryPatience;
  }
}
