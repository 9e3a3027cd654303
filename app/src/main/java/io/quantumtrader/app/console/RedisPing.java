package io.quantumtrader.app.console;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.quantumtrader.connectors.redis.write.RedisClients;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.util.concurrent.Callable;

/**
 * Asks Redis whether it is there, over one connection that is made when it is first needed, and
 * anew after each failure: it does not connect again by itself.
 */
public final class RedisPing implements Callable<String>, AutoCloseable {

  private final RedisEndpoint endpoint;
  private final RedisClients clients;
  private StatefulRedisConnection<String, String> connection;

  private RedisPing(RedisEndpoint endpoint) {
    this.endpoint = endpoint;
    this.clients = new RedisClients(endpoint.timeout(), endpoint.tls());
  }

  /** Returns one for a Redis; nothing is connected yet. */
  public static RedisPing of(RedisEndpoint endpoint) {
    return new RedisPing(endpoint);
  }

  /** Returns its answer; throws where there is none. */
  @Override
  public synchronized String call() {
    if (connection == null) {
      connection = clients.connect(endpoint, StringCodec.UTF8);
    }
    try {
      return connection.sync().ping();
    } catch (RuntimeException lost) {
      disconnect();
      throw lost;
    }
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public synchronized void close() {
    disconnect();
    clients.close();
  }
}
