package io.quantumtrader.connectors.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import redis.embedded.RedisInstance;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** Several real servers of one test, with connections of its own to each. */
final class RedisServers implements AutoCloseable {

  private static final int BUS = 10_000;

  private final Map<Integer, RedisInstance> servers = new HashMap<>();
  private final List<RedisClient> clients = new ArrayList<>();
  private final Path directory;

  RedisServers() throws IOException {
    directory = Files.createTempDirectory("redis-servers");
  }

  Path directory() {
    return directory;
  }

  /** Starts a server with these lines of configuration. */
  void start(int port, String... settings) throws IOException {
    Path own = Files.createDirectories(directory.resolve(Integer.toString(port)));
    var builder =
        RedisServer.newRedisServer()
            .port(port)
            .setting("save \"\"")
            .setting("dir " + own)
            .onShutdownForceStop(true)
            .soutListener(line -> {});
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    servers.put(port, server);
  }

  /** Starts a sentinel with these lines of configuration. */
  void startSentinel(int port, String... settings) throws IOException {
    var builder = new redis.embedded.core.RedisSentinelBuilder().port(port);
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisSentinel sentinel = builder.onShutdownForceStop(true).soutListener(line -> {}).build();
    sentinel.start();
    servers.put(port, sentinel);
  }

  /** Ends a server as kill -9 would. */
  void kill(int port) throws IOException {
    servers.remove(port).stop();
  }

  /** Connects; the connection makes itself anew when it is cut. */
  RedisCommands<String, String> connect(int port, String password) {
    RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
    if (!password.isEmpty()) {
      uri = RedisURI.builder(uri).withPassword(password.toCharArray()).build();
    }
    RedisClient client = RedisClient.create(uri);
    clients.add(client);
    StatefulRedisConnection<String, String> connection = client.connect();
    return connection.sync();
  }

  /** Returns a free port that leaves room for a cluster's bus above it. */
  static int freePort() throws IOException {
    for (int tries = 0; tries < 200; tries++) {
      int port = free(0);
      if (port + BUS < 65_535 && free(port + BUS) > 0) {
        return port;
      }
    }
    throw new IOException("no free port");
  }

  /** Returns the port if it is free, any free one for 0, and -1 if it is taken. */
  private static int free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return -1;
    }
  }

  /** Waits up to 20 s. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("not within 20 s: " + what);
  }

  @Override
  public void close() throws IOException {
    for (RedisClient client : clients) {
      client.shutdown(0, 0, TimeUnit.SECONDS);
    }
    for (RedisInstance server : servers.values()) {
      server.stop();
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
