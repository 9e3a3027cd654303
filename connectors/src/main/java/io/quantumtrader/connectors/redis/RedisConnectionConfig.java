package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.write.Login;
import io.quantumtrader.connectors.redis.write.RedisAddress;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.connectors.redis.write.Tls;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say where Redis is and how to get in. */
public final class RedisConnectionConfig {

  /** Where Redis is. */
  public static final String URI = "redis.uri";

  /** ACL user. */
  public static final String USERNAME = "redis.username";

  /** Password; give it through a config provider. */
  public static final String PASSWORD = "redis.password";

  /** ACL user at the sentinels. */
  public static final String SENTINEL_USERNAME = "redis.sentinel.username";

  /** Password at the sentinels; give it through a config provider. */
  public static final String SENTINEL_PASSWORD = "redis.sentinel.password";

  /** How long to wait for a connection or a reply. */
  public static final String TIMEOUT = "redis.timeout.ms";

  /** What the settings begin with that say whom we believe. */
  public static final String TRUSTSTORE = "redis.ssl.truststore";

  /** What the settings begin with that say who we are. */
  public static final String KEYSTORE = "redis.ssl.keystore";

  /** Password of the key in the key store. */
  public static final String KEY_PASSWORD = "redis.ssl.key.password";

  private static final String LOCATION = ".location";
  private static final String STORE_PASSWORD = ".password";
  private static final String STORE_TYPE = ".type";

  private static final String SERVER = "Redis";
  private static final String TLS = "TLS";

  private RedisConnectionConfig() {}

  /** Adds the settings to others. */
  public static ConfigDef define(ConfigDef definition) {
    defineServer(new SettingGroup(definition, SERVER));
    defineTls(new SettingGroup(definition, TLS));
    return definition;
  }

  private static void defineServer(SettingGroup settings) {
    settings
        .add(
            URI,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            SettingGroup.checked(RedisAddress::parse),
            Importance.HIGH,
            "Address of Redis, without user and password: redis://host:port/database;"
                + " redis-sentinel://host:port,host:port/database#master with the sentinels and"
                + " the master's name; redis-cluster://host:port,host:port with some nodes"
                + " of a cluster. Write rediss instead of redis for encrypted"
                + " connections (TLS).")
        .add(
            USERNAME,
            ConfigDef.Type.STRING,
            "",
            null,
            Importance.MEDIUM,
            "ACL user; empty: the default user.")
        .add(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            "",
            null,
            Importance.MEDIUM,
            "Password; empty: none. Give it through a config provider, for example"
                + " ${file:/run/secrets/redis:password}.")
        .add(
            SENTINEL_USERNAME,
            ConfigDef.Type.STRING,
            "",
            null,
            Importance.LOW,
            "ACL user at the sentinels; empty: the default user.")
        .add(
            SENTINEL_PASSWORD,
            ConfigDef.Type.PASSWORD,
            "",
            null,
            Importance.LOW,
            "Password at the sentinels, separate from the master's; empty: none.")
        .add(
            TIMEOUT,
            ConfigDef.Type.INT,
            10_000,
            Range.atLeast(1),
            Importance.LOW,
            "How long to wait for a connection or a reply, milliseconds.");
  }

  private static void defineTls(SettingGroup settings) {
    defineStore(settings, TRUSTSTORE, "the certificates to trust", "Java's own");
    defineStore(
        settings,
        KEYSTORE,
        "the client's key and certificate, if the server asks for them",
        "none");
    settings.add(
        KEY_PASSWORD,
        ConfigDef.Type.PASSWORD,
        "",
        null,
        Importance.LOW,
        "Password of the key; empty: its file's password.");
  }

  private static void defineStore(
      SettingGroup settings, String prefix, String what, String otherwise) {
    settings
        .add(
            prefix + LOCATION,
            ConfigDef.Type.STRING,
            "",
            null,
            Importance.MEDIUM,
            "File with " + what + "; empty: " + otherwise + ".")
        .add(
            prefix + STORE_PASSWORD,
            ConfigDef.Type.PASSWORD,
            "",
            null,
            Importance.MEDIUM,
            "Password of that file; empty: none.")
        .add(
            prefix + STORE_TYPE,
            ConfigDef.Type.STRING,
            "PKCS12",
            ValidString.in("PKCS12", "JKS", Tls.PEM),
            Importance.LOW,
            "Type of that file: PKCS12, JKS or PEM. A PEM file holds certificates as text; a PEM"
                + " key store also holds the key (PKCS 8).");
  }

  /**
   * Returns where Redis is and how to get in.
   *
   * @throws ConfigException if settings do not go together
   */
  public static RedisEndpoint endpoint(AbstractConfig config) {
    RedisAddress where = RedisAddress.parse(config.getString(URI));
    checkTls(config, where);
    return new RedisEndpoint(
        where,
        new Login(config.getString(USERNAME), config.getPassword(PASSWORD)),
        new Login(config.getString(SENTINEL_USERNAME), config.getPassword(SENTINEL_PASSWORD)),
        new Tls(store(config, TRUSTSTORE), store(config, KEYSTORE)),
        Duration.ofMillis(config.getInt(TIMEOUT)));
  }

  private static void checkTls(AbstractConfig config, RedisAddress where) {
    for (String store : new String[] {TRUSTSTORE, KEYSTORE}) {
      if (!where.tls() && !config.getString(store + LOCATION).isEmpty()) {
        throw new ConfigException(
            store + LOCATION + ": has no effect without TLS; begin " + URI + " with rediss");
      }
    }
  }

  private static Tls.Store store(AbstractConfig config, String prefix) {
    return new Tls.Store(
        prefix,
        config.getString(prefix + LOCATION),
        config.getPassword(prefix + STORE_PASSWORD),
        config.getString(prefix + STORE_TYPE),
        config.getPassword(KEY_PASSWORD));
  }
}
