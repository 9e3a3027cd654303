package io.quantumtrader.compose;

import io.quantumtrader.compose.process.Deadline;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.FutureCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standalone Kafka Connect worker in this process, with its REST interface on the loopback
 * interface. Connectors are found by their {@code META-INF/services} files. Sinks read committed
 * records only and commit their offsets every 250 ms.
 *
 * <p>Wires what {@code ConnectStandalone} wires, without its shutdown hook, which would stop the
 * worker beside the one that stops the stack cleanly, and without its exit of the whole process
 * when the start fails.
 */
public final class EmbeddedConnect implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedConnect.class);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  private final Herder herder;
  private final ConnectRestServer rest;
  private boolean stopped;

  private EmbeddedConnect(Herder herder, ConnectRestServer rest) {
    this.herder = herder;
    this.rest = rest;
  }

  /**
   * Starts a worker without connectors.
   *
   * @param bootstrapServers the broker's address
   * @param directory where the offsets of source connectors are
   * @param port where its REST interface listens; 0 for any that is free
   * @param overrides worker settings that go before the built-in ones
   * @throws StackException if it cannot start; nothing is left running
   */
  public static EmbeddedConnect start(
      String bootstrapServers, Path directory, int port, Map<String, String> overrides) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      Files.createDirectories(directory);
      Map<String, String> settings = settings(bootstrapServers, directory, port);
      settings.putAll(overrides);
      Plugins plugins = new Plugins(settings);
      plugins.compareAndSwapWithDelegatingLoader();
      return start(new StandaloneConfig(settings), plugins);
    } catch (StackException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new StackException("Kafka Connect did not start: " + e.getMessage(), e);
    } finally {
      Plugins.compareAndSwapLoaders(before);
    }
  }

  private static EmbeddedConnect start(StandaloneConfig config, Plugins plugins) {
    RestClient client = new RestClient(config);
    ConnectRestServer rest =
        new ConnectRestServer(config.rebalanceTimeout(), client, config.originals());
    rest.initializeServer();
    try {
      URI address = rest.advertisedUrl();
      ConnectorClientConfigOverridePolicy policy = new AllConnectorClientConfigOverridePolicy();
      policy.configure(Map.of());
      OffsetBackingStore offsets =
          new FileOffsetBackingStore(
              plugins.newInternalConverter(
                  true, JsonConverter.class.getName(), Map.of("schemas.enable", "false")));
      offsets.configure(config);
      String workerId = address.getHost() + ":" + address.getPort();
      Worker worker = new Worker(workerId, Time.SYSTEM, plugins, config, offsets, policy);
      Herder herder = new StandaloneHerder(worker, config.kafkaClusterId(), policy);
      return begin(new EmbeddedConnect(herder, rest));
    } catch (RuntimeException e) {
      rest.stop();
      throw e;
    }
  }

  private static EmbeddedConnect begin(EmbeddedConnect connect) {
    try {
      connect.herder.start();
      connect.rest.initializeResources(connect.herder);
      return connect;
    } catch (RuntimeException e) {
      connect.close();
      throw e;
    }
  }

  private static Map<String, String> settings(String bootstrapServers, Path directory, int port) {
    return new HashMap<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "listeners",
            "http://127.0.0.1:" + port,
            "plugin.discovery",
            "service_load",
            "key.converter",
            "org.apache.kafka.connect.storage.StringConverter",
            "value.converter",
            "org.apache.kafka.connect.converters.ByteArrayConverter",
            "offset.storage.file.filename",
            directory.resolve("offsets").toString(),
            "offset.flush.interval.ms",
            "250",
            "consumer.isolation.level",
            "read_committed",
            "task.shutdown.graceful.timeout.ms",
            "5000"));
  }

  /** The address of the REST interface. */
  public URI url() {
    return rest.serverUrl();
  }

  /**
   * Starts a connector, or gives a running one a new configuration; returns when the worker has
   * taken it, see {@link #awaitRunning}.
   *
   * @throws StackException with Connect's reason, if it refuses the configuration
   */
  public void put(String name, Map<String, String> configuration) {
    Map<String, String> complete = new HashMap<>(configuration);
    complete.put("name", name);
    FutureCallback<Herder.Created<ConnectorInfo>> taken = new FutureCallback<>();
    herder.putConnectorConfig(name, complete, true, taken);
    await("connector " + name + " was not accepted", taken);
  }

  /**
   * Ends a connector and forgets it.
   *
   * @throws StackException if there is no such connector
   */
  public void remove(String name) {
    FutureCallback<Herder.Created<ConnectorInfo>> removed = new FutureCallback<>();
    herder.deleteConnectorConfig(name, removed);
    await("connector " + name + " was not removed", removed);
  }

  /**
   * Starts what of a connector and its tasks has failed again, from its settings; returns when the
   * worker has done so, which is before they run.
   *
   * @throws StackException if there is no such connector, or the worker does not take it
   */
  public void restartFailed(String name) {
    FutureCallback<ConnectorStateInfo> restarted = new FutureCallback<>();
    herder.restartConnectorAndTasks(new RestartRequest(name, true, true), restarted);
    await("connector " + name + " was not restarted", restarted);
  }

  /** How a connector is; empty if there is none of this name. */
  public Optional<ConnectorStatus> status(String name) {
    try {
      return Optional.of(ConnectorStatus.of(herder.connectorStatus(name)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** How all connectors are. */
  public List<ConnectorStatus> status() {
    return herder.connectors().stream().sorted().flatMap(name -> status(name).stream()).toList();
  }

  /**
   * Waits until a connector and all its tasks run.
   *
   * @throws StackException with the trace, if it fails, or with its state, if the time is up
   */
  public void awaitRunning(String name, Duration atMost) {
    Deadline deadline = Deadline.after(atMost);
    while (true) {
      Optional<ConnectorStatus> status = status(name);
      if (status.isPresent() && status.get().isRunning()) {
        return;
      }
      status
          .flatMap(ConnectorStatus::failure)
          .ifPresent(
              failure -> {
                throw new StackException("connector " + name + " failed: " + failure);
              });
      if (deadline.hasPassed()) {
        throw new StackException(
            "connector %s is not running after %d s: %s"
                .formatted(
                    name,
                    atMost.toSeconds(),
                    status.map(ConnectorStatus::toString).orElse("unknown")));
      }
      Deadline.pause();
    }
  }

  private static <T> T await(String otherwise, FutureCallback<T> answer) {
    try {
      return answer.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StackException(otherwise + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new StackException(
          "%s within %d s".formatted(otherwise, ANSWERS_WITHIN.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted: " + otherwise, e);
    }
  }

  /** Stops the connectors, which flush what they have, and the worker. Safe to call again. */
  @Override
  public synchronized void close() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      rest.stop();
    } catch (RuntimeException e) {
      LOG.warn("Connect's REST interface did not stop cleanly", e);
    }
    try {
      herder.stop();
    } catch (RuntimeException e) {
      LOG.warn("Kafka Connect did not stop cleanly", e);
    }
  }
}
