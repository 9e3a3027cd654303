package io.quantumtrader.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker and its controller in this process, on the loopback interface, on ports that are
 * held from the moment they are chosen. The same directory again gives the same cluster with the
 * same records.
 *
 * <p>Speaks Kafka's internal API (of the pinned version), and is the only class that does. It wires
 * what {@link KafkaRaftServer} wires, but with sockets that are bound beforehand, and with a fault
 * handler that does not end the whole process.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int NODE_ID = 1;

  /** Name of the listener that clients connect to. */
  static final String CLIENTS = "CLIENTS";

  /** What a broker leaves in its directory when it has stopped in order. */
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

  private static final int BACKLOG = 128;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  private final BrokerServer broker;
  private final ControllerServer controller;
  private final String bootstrapServers;
  private final String clusterId;

  private EmbeddedKafka(
      BrokerServer broker, ControllerServer controller, String bootstrapServers, String clusterId) {
    this.broker = broker;
    this.controller = controller;
    this.bootstrapServers = bootstrapServers;
    this.clusterId = clusterId;
  }

  /**
   * Starts a broker; it takes requests when this returns.
   *
   * @param directory where its data is; formatted if it is new
   * @throws StackException if it cannot start; nothing is left running
   */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts a broker on a port; it takes requests when this returns.
   *
   * @param directory where its data is; formatted if it is new
   * @param port where clients connect; 0 for any that is free
   * @throws StackException if it cannot start; nothing is left running
   */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /**
   * Starts a broker that differs from the usual one.
   *
   * @param more settings that go before those of this class; the listener of the clients is called
   *     {@link #CLIENTS}
   */
  static EmbeddedKafka start(Path directory, int port, Map<String, String> more) {
    try (BoundSockets sockets = new BoundSockets()) {
      Files.createDirectories(directory);
      int brokerPort = sockets.bind(port);
      int controllerPort = sockets.bind(0);
      Properties settings = settings(directory, brokerPort, controllerPort);
      settings.putAll(more);
      if (wasKilled(directory)) {
        LOG.info(
            "the previous broker was killed; its registration expired after {}", SOON_GIVEN_UP);
        settings.putAll(SOON_GIVEN_UP);
      }
      format(directory);
      EmbeddedKafka kafka =
          wire(KafkaConfig.fromProps(settings, false), sockets, brokerPort, controllerPort);
      kafka.startup();
      return kafka;
    } catch (StackException e) {
      throw e;
    } catch (Exception e) {
      throw new StackException("the Kafka broker did not start: " + e.getMessage(), e);
    }
  }

  private static EmbeddedKafka wire(
      KafkaConfig config, BoundSockets sockets, int brokerPort, int controllerPort) {
    InetSocketAddress controllerAddress = Loopback.at(controllerPort);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    String clusterId = stored._1().clusterId().orElseThrow();
    Metrics metrics = Server$.MODULE$.initializeMetrics(config, Time.SYSTEM, clusterId);
    SharedServer shared =
        new SharedServer(
            config,
            stored._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(Map.of(NODE_ID, controllerAddress)),
            List.of(),
            faults(),
            sockets);
    // The broker's constructor must come first, as in KafkaRaftServer.
    BrokerServer broker = new BrokerServer(shared);
    ControllerServer controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
    return new EmbeddedKafka(broker, controller, Loopback.HOST + ":" + brokerPort, clusterId);
  }

  private void startup() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Kafka's own handler ends the process on a fatal fault; here the caller decides. */
  private static FaultHandlerFactory faults() {
    return (name, fatal, action) ->
        (message, cause) -> {
          LOG.error("Kafka: {}: {}", name, message, cause);
          action.run();
          return new StackException("Kafka: " + name + ": " + message, cause);
        };
  }

  /**
   * Returns whether a broker has worked on this data and not stopped in order. The controller keeps
   * the place of such a one until its session ends, and lets no other take it: with a session as
   * long as the time a new broker tries to register for, none ever starts right after a kill.
   */
  public static boolean wasKilled(Path directory) {
    return Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))
        && Files.notExists(directory.resolve(CLEAN_SHUTDOWN));
  }

  /**
   * Returns the id of the cluster whose data a directory holds, without starting it; empty where it
   * holds none, or that cannot be read.
   */
  public static Optional<String> clusterIdIn(Path directory) {
    Properties said = new Properties();
    Path file = directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
    try (InputStream in = Files.newInputStream(file)) {
      said.load(in);
      return Optional.ofNullable(said.getProperty("cluster.id"));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .run();
  }

  private static Properties settings(Path directory, int brokerPort, int controllerPort) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(NODE_ID),
            "controller.quorum.voters",
            NODE_ID + "@" + Loopback.HOST + ":" + controllerPort,
            "listeners",
            "CLIENTS://%s:%d,CONTROLLER://%s:%d"
                .formatted(Loopback.HOST, brokerPort, Loopback.HOST, controllerPort),
            "advertised.listeners",
            CLIENTS + "://" + Loopback.HOST + ":" + brokerPort,
            "listener.security.protocol.map",
            "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name",
            CLIENTS,
            "controller.listener.names",
            "CONTROLLER",
            "log.dirs",
            directory.toString()));
    settings.putAll(ONE_NODE);
    settings.putAll(EVERYTHING_IS_KEPT);
    settings.putAll(QUICK);
    return settings;
  }

  private static final Map<String, String> ONE_NODE =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"));

  /** Records carry event time: a replay of last year would be expired on arrival. */
  private static final Map<String, String> EVERYTHING_IS_KEPT =
      Map.of(
          "log.retention.ms", "-1",
          "log.retention.bytes", "-1",
          "log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE),
          "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
          // Producers are forgotten by the times of their records, which a replay takes from last
          // year; a producer that is forgotten while it works is refused.
          "producer.id.expiration.check.interval.ms", Integer.toString(Integer.MAX_VALUE),
          "offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE),
          "transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE));

  /**
   * There is nobody to wait for, what a killed client left open is cleared at once, and a machine
   * that was asleep or overloaded must not cost the only broker its place.
   */
  private static final Map<String, String> QUICK =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "group.min.session.timeout.ms", "1000",
          "broker.session.timeout.ms", "60000",
          // Longer than any session, so that who was not killed cleanly is waited out all the same.
          "initial.broker.registration.timeout.ms", "150000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

  /** Kafka's own default, for the run after a kill: who is waited for does not come back. */
  private static final Map<String, String> SOON_GIVEN_UP =
      Map.of("broker.session.timeout.ms", "9000");

  /** Where clients connect, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The cluster's id, which stays with the data directory. */
  public String clusterId() {
    return clusterId;
  }

  /** Stops broker and controller, bounded in time. Safe to call again. */
  @Override
  public void close() {
    try {
      broker.shutdown(STOPS_WITHIN);
    } catch (RuntimeException e) {
      LOG.warn("the broker did not stop cleanly", e);
    }
    try {
      controller.shutdown();
    } catch (RuntimeException e) {
      LOG.warn("the controller did not stop cleanly", e);
    }
  }

  /** Sockets bound before the broker knows of them, so that nobody can take their ports. */
  private static final class BoundSockets implements ServerSocketFactory, AutoCloseable {
    private final Map<Integer, ServerSocketChannel> waiting = new ConcurrentHashMap<>();

    int bind(int wanted) throws IOException {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.bind(Loopback.at(wanted), BACKLOG);
      int port = channel.socket().getLocalPort();
      waiting.put(port, channel);
      return port;
    }

    @Override
    public ServerSocketChannel openServerSocket(
        String listenerName, InetSocketAddress address, int backlog, int receiveBuffer)
        throws IOException {
      ServerSocketChannel channel = waiting.remove(address.getPort());
      if (channel == null) {
        throw new IOException("no socket was bound for %s at %s".formatted(listenerName, address));
      }
      channel.configureBlocking(false);
      return channel;
    }

    /** Gives back what the broker did not come to take. */
    @Override
    public void close() throws IOException {
      for (ServerSocketChannel channel : waiting.values()) {
        channel.close();
      }
    }
  }
}
