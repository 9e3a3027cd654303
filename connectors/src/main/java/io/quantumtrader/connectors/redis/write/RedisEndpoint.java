package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where Redis is and how to get in. The password is in no text form of it.
 *
 * @param uri {@code redis://host:port/database}, {@code rediss://} for TLS; without password
 * @param username ACL user, empty for the default user
 * @param password password, empty for none
 * @param timeout how long to wait for a connection or a reply
 */
public record RedisEndpoint(String uri, String username, String password, Duration timeout) {

  private static final List<String> SCHEMES = List.of("redis", "rediss");

  public RedisEndpoint {
    check(uri);
  }

  /**
   * Checks a URI.
   *
   * @throws ConfigException if it is no Redis URI, or holds a password; the message holds neither
   */
  public static void check(String uri) {
    parse(uri);
    if (URI.create(uri).getRawAuthority().contains("@")) {
      throw new ConfigException(
          "the Redis URI must not hold user or password: use redis.username and redis.password");
    }
  }

  /** Returns host and port, for messages. */
  public String address() {
    RedisURI parsed = parse(uri);
    return parsed.getHost() + ":" + parsed.getPort();
  }

  RedisURI toUri() {
    RedisURI.Builder builder = RedisURI.builder(parse(uri)).withTimeout(timeout);
    if (!username.isEmpty()) {
      builder.withAuthentication(username, password.toCharArray());
    } else if (!password.isEmpty()) {
      builder.withPassword(password.toCharArray());
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return address();
  }

  private static RedisURI parse(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 0 || !SCHEMES.contains(uri.substring(0, colon))) {
      throw new ConfigException("a Redis URI begins with redis:// or rediss://");
    }
    try {
      boolean complete = URI.create(uri).getRawAuthority() != null;
      RedisURI parsed = RedisURI.create(uri);
      if (!complete || parsed.getHost() == null || parsed.getHost().isEmpty()) {
        throw new IllegalArgumentException("no host");
      }
      parsed.setVerifyPeer(SslVerifyMode.FULL);
      return parsed;
    } catch (IllegalArgumentException unreadable) {
      // Its message would repeat the URI, and with it a password that should not be there.
      throw new ConfigException("the Redis URI cannot be read");
    }
  }
}
