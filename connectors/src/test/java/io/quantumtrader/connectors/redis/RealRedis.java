package io.quantumtrader.connectors.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.RedisServer;

/**
 * A real Redis server on a free port, empty before each test. It looks at its blocked readers 500
 * times a second and not 10: a read that brings nothing ends when it should, and not 100 ms later.
 */
public final class RealRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private RedisServer server;
  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;
  private Path directory;
  private int port;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("redis");
    port = freePort();
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    commands().flushall();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    stop();
    try (var files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(RealRedis::delete);
    }
  }

  /** Starts the server, with what it held when it was stopped. */
  public void start() throws IOException {
    server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("save \"\"")
            .setting("appendonly yes")
            .setting("appendfsync always")
            .setting("hz 500")
            .setting("dynamic-hz no")
            .setting("dir " + directory)
            .soutListener(line -> {})
            .build();
    server.start();
    client = RedisClient.create("redis://127.0.0.1:" + port);
    connection = client.connect();
  }

  /** Stops the server. */
  public void stop() throws IOException {
    connection.close();
    client.shutdown();
    server.stop();
  }

  public int port() {
    return port;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
