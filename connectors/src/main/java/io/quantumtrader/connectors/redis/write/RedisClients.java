package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;

/** Makes clients as {@link RedisSession} needs them. */
public final class RedisClients implements AutoCloseable {

  private final ClientResources resources;
  private final RedisClient client;

  /**
   * Creates a client that connects on demand, with the certificates that Java trusts.
   *
   * @param timeout how long a connection may take to be made
   */
  public RedisClients(Duration timeout) {
    this(timeout, Tls.DEFAULT);
  }

  /**
   * Creates a client that connects on demand.
   *
   * @param timeout how long a connection may take to be made
   * @param tls certificates
   * @throws ConfigException if their files cannot be read
   */
  public RedisClients(Duration timeout, Tls tls) {
    SslOptions certificates = tls.toOptions();
    // A sink uses one connection at a time: more threads than these would only wait.
    this.resources =
        DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build())
            .sslOptions(certificates)
            .build());
  }

  /** Returns a new session with one Redis server, or with the master that sentinels name. */
  public RedisSession open(RedisEndpoint endpoint) {
    return RedisSession.open(client, endpoint);
  }

  /** Returns a new session with a cluster. */
  public ClusterSession openCluster(RedisEndpoint endpoint) {
    return ClusterSession.open(client, endpoint);
  }

  /**
   * Connects for commands of one's own. It never reconnects by itself.
   *
   * @throws org.apache.kafka.connect.errors.RetriableException if Redis cannot be reached
   * @throws org.apache.kafka.connect.errors.ConnectException if it does not let us in
   */
  public <K, V> StatefulRedisConnection<K, V> connect(
      RedisEndpoint endpoint, RedisCodec<K, V> codec) {
    try {
      return client.connect(codec, endpoint.toUri());
    } catch (RuntimeException failure) {
      throw RedisFailures.translate(endpoint, failure);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2000);
  }
}
