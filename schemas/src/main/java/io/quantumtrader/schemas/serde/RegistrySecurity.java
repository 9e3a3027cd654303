package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.RegistryAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Credentials and trust for the registry, in Confluent's names. */
final class RegistrySecurity {

  static final String BASIC_SOURCE = "basic.auth.credentials.source";
  static final String BASIC_USER = "basic.auth.user.info";
  static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  static final String BEARER_TOKEN = "bearer.auth.token";
  static final String PREFIX = "schema.registry.";

  private static final String SSL = PREFIX + "ssl.";

  private RegistrySecurity() {}

  static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            BASIC_SOURCE,
            ConfigDef.Type.STRING,
            "URL",
            ConfigDef.ValidString.in("URL", "USER_INFO"),
            Importance.MEDIUM,
            "Source of the registry's user and password: URL (before the @ of the address) or"
                + " USER_INFO (in "
                + BASIC_USER
                + ").")
        .define(
            BASIC_USER,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "user:password, for USER_INFO. Also as " + PREFIX + BASIC_USER + ".")
        .define(
            BEARER_SOURCE,
            ConfigDef.Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                RegistrySecurity::refuseOtherTokens, () -> "STATIC_TOKEN"),
            Importance.MEDIUM,
            "STATIC_TOKEN for the token in " + BEARER_TOKEN + ". Default: no token.")
        .define(
            BEARER_TOKEN,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Token that is sent with every request, for STATIC_TOKEN.");
  }

  private static void refuseOtherTokens(String name, Object value) {
    if (value != null && !value.equals("STATIC_TOKEN")) {
      throw new ConfigException(name, value, "only STATIC_TOKEN is known here");
    }
  }

  /** Returns what the configuration says; names beginning with schema.registry.ssl. count. */
  static RegistryAccess access(AbstractConfig config) {
    return new RegistryAccess(authorization(config), ssl(config.originals()));
  }

  private static Optional<String> authorization(AbstractConfig config) {
    boolean basic = config.getString(BASIC_SOURCE).equals("USER_INFO");
    boolean bearer = config.getString(BEARER_SOURCE) != null;
    if (basic && bearer) {
      throw new ConfigException(BEARER_SOURCE + " and " + BASIC_SOURCE + ": set only one of them");
    }
    if (bearer) {
      return Optional.of(RegistryAccess.bearer(secret(config, BEARER_TOKEN)));
    }
    return basic ? Optional.of(RegistryAccess.basic(secret(config, BASIC_USER))) : Optional.empty();
  }

  private static String secret(AbstractConfig config, String name) {
    Password given = config.getPassword(name);
    Object prefixed = config.originals().get(PREFIX + name);
    if (given == null && prefixed == null) {
      throw new ConfigException(name + " is missing, but the credentials' source needs it");
    }
    return given != null
        ? given.value()
        : prefixed instanceof Password hidden ? hidden.value() : prefixed.toString();
  }

  /** Key stores and trust stores are read by Kafka's own factory: JKS, PKCS12 and PEM. */
  private static Optional<SSLContext> ssl(Map<String, Object> originals) {
    Map<String, Object> given = new HashMap<>();
    originals.forEach(
        (name, value) -> {
          if (name.startsWith(SSL)) {
            given.put(name.substring(PREFIX.length()), value);
          }
        });
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String verify = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
    if (given.containsKey(verify) && !"https".equalsIgnoreCase(given.get(verify).toString())) {
      throw new ConfigException(
          PREFIX + verify, given.get(verify), "the registry's host name is always verified");
    }
    Map<String, Object> parsed = new ConfigDef().withClientSslSupport().parse(given);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(parsed);
      return Optional.of(factory.sslContext());
    } catch (KafkaException unreadable) {
      throw new ConfigException(SSL + "*: " + unreadable.getMessage());
    }
  }
}
