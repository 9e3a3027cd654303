package io.quantumtrader.bench.run;

import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.Tuning;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A Streams application that is measured: the pipeline itself, or another beside it. */
public final class Pipeline implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final String id;
  private final AtomicReference<Throwable> failure;

  private Pipeline(KafkaStreams streams, String id, AtomicReference<Throwable> failure) {
    this.streams = streams;
    this.id = id;
    this.failure = failure;
  }

  /** Starts the pipeline as it runs by default, and waits until it runs. */
  public static Pipeline start(BenchStack stack, String id) {
    return start(stack, id, Tuning.LATENCY);
  }

  /** Starts the pipeline under an application id, and waits until it runs. */
  public static Pipeline start(BenchStack stack, String id, Tuning tuning) {
    StreamsSettings settings = settings(stack, id, tuning);
    Topology topology =
        QuantumTopology.build(stack.serdes(), BenchStack.COUNTS, settings.properties());
    return start(topology, settings, id);
  }

  /** Returns the settings of the pipeline under an application id. */
  public static StreamsSettings settings(BenchStack stack, String id, Tuning tuning) {
    return new StreamsSettings(
        tuning,
        Map.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.kafka().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG),
            StreamsConfig.APPLICATION_ID_CONFIG,
            id,
            StreamsConfig.CLIENT_ID_CONFIG,
            id,
            StreamsConfig.STATE_DIR_CONFIG,
            stack.directory("state-" + id).toString()));
  }

  /** Starts a topology, and waits until it runs. */
  public static Pipeline start(Topology topology, StreamsSettings settings, String id) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    KafkaStreams streams = new KafkaStreams(topology, settings.properties());
    // A measurement with a death in it is none.
    streams.setUncaughtExceptionHandler(
        cause -> {
          failure.set(cause);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    Pipeline started = new Pipeline(streams, id, failure);
    Waiting.until(id + " to run", STARTS_WITHIN, () -> started.check().state() == State.RUNNING);
    return started;
  }

  /** Returns the application id, which is its group and in the names of its threads. */
  public String id() {
    return id;
  }

  /**
   * Returns the client.
   *
   * @throws IllegalStateException if a thread of it died
   */
  public KafkaStreams check() {
    if (failure.get() != null) {
      throw new IllegalStateException(id + " failed: " + failure.get(), failure.get());
    }
    return streams;
  }

  /** Returns whether a thread of this name is one of the application's stream threads. */
  public boolean isStreamThread(String name) {
    return name.startsWith(id + "-StreamThread-");
  }

  @Override
  public void close() {
    streams.close(STOPS_WITHIN);
  }
}
