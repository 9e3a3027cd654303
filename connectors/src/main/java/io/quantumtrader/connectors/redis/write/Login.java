package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisURI;
import org.apache.kafka.common.config.types.Password;

/**
 * How to be let in. Its text form does not hold the password.
 *
 * @param username ACL user, empty for the default user
 * @param password password, empty for none
 */
public record Login(String username, Password password) {

  /** Nobody in particular. */
  public static final Login NONE = new Login("", new Password(""));

  RedisURI.Builder applyTo(RedisURI.Builder uri) {
    char[] secret = password.value().toCharArray();
    if (!username.isEmpty()) {
      return uri.withAuthentication(username, secret);
    }
    return secret.length == 0 ? uri : uri.withPassword(secret);
  }
}
