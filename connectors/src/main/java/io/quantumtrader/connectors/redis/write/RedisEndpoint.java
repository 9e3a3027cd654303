package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.quantumtrader.connectors.redis.write.RedisAddress.Layout;
import io.quantumtrader.connectors.redis.write.RedisAddress.Node;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Where Redis is and how to get in. No password is in its text form.
 *
 * @param where the servers
 * @param login for the servers
 * @param sentinelLogin for the sentinels
 * @param tls certificates, for an address with TLS
 * @param timeout how long to wait for a connection or a reply
 */
public record RedisEndpoint(
    RedisAddress where, Login login, Login sentinelLogin, Tls tls, Duration timeout) {

  /**
   * Creates one with the certificates that Java trusts.
   *
   * @param uri as {@link RedisAddress#parse} reads it
   * @param username ACL user, empty for the default user
   * @param password password, empty for none
   * @param timeout how long to wait for a connection or a reply
   */
  public RedisEndpoint(String uri, String username, String password, Duration timeout) {
    this(
        RedisAddress.parse(uri),
        new Login(username, new Password(password)),
        Login.NONE,
        Tls.DEFAULT,
        timeout);
  }

  /**
   * Checks a URI.
   *
   * @throws ConfigException if it is no Redis URI, or holds a password; the message holds neither
   */
  public static void check(String uri) {
    RedisAddress.parse(uri);
  }

  /** Returns hosts and ports, for messages. */
  public String address() {
    return where.toString();
  }

  /** Returns the same servers' login and certificates for one node alone. */
  RedisEndpoint at(Node node) {
    RedisAddress alone = new RedisAddress(Layout.STANDALONE, where.tls(), List.of(node), 0, "");
    return new RedisEndpoint(alone, login, sentinelLogin, tls, timeout);
  }

  /** Returns the address for a client of one's own, with user and password in it. */
  public RedisURI toUri() {
    RedisURI uri =
        where.layout() == Layout.SENTINEL ? sentinelUri() : server(where.nodes().getFirst(), login);
    uri.setDatabase(where.database());
    return uri;
  }

  private RedisURI sentinelUri() {
    RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(where.master());
    for (Node sentinel : where.nodes()) {
      builder.withSentinel(server(sentinel, sentinelLogin));
    }
    builder.withTimeout(timeout).withSsl(where.tls()).withVerifyPeer(SslVerifyMode.FULL);
    return login.applyTo(builder).build();
  }

  private RedisURI server(Node node, Login how) {
    RedisURI.Builder builder =
        RedisURI.builder()
            .withHost(node.host())
            .withPort(node.port())
            .withTimeout(timeout)
            .withSsl(where.tls())
            .withVerifyPeer(SslVerifyMode.FULL);
    return how.applyTo(builder).build();
  }

  @Override
  public String toString() {
    return address();
  }
}
