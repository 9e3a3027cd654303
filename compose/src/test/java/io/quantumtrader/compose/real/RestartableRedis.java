package io.quantumtrader.compose.real;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** A real Redis server that keeps all it has been told when it is stopped and started. */
final class RestartableRedis implements AutoCloseable {

  private final Path directory;
  private final int port;
  private RedisServer server;
  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;

  private RestartableRedis(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  static RestartableRedis start(Path directory) throws IOException {
    RestartableRedis redis = new RestartableRedis(directory, FreePort.find());
    redis.start();
    return redis;
  }

  void start() throws IOException {
    server =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly yes")
            .setting("dir " + directory)
            .soutListener(line -> {})
            .build();
    server.start();
    client = RedisClient.create("redis://127.0.0.1:" + port);
    connection = client.connect();
  }

  void stop() throws IOException {
    connection.close();
    client.shutdown();
    server.stop();
  }

  int port() {
    return port;
  }

  RedisCommands<String, String> commands() {
    return connection.sync();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
