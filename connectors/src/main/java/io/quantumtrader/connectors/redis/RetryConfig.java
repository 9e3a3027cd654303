package io.quantumtrader.connectors.redis;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The settings that say how long a connector pauses before it tries again. */
public final class RetryConfig {

  /** First pause after a failure that may pass. */
  public static final String BACKOFF = "retry.backoff.ms";

  /** Longest pause between tries. */
  public static final String BACKOFF_MAX = "retry.backoff.max.ms";

  /** How long a refused login is waited out. */
  public static final String ACCESS = "retry.access.ms";

  private RetryConfig() {}

  /** Adds the settings to others. */
  public static ConfigDef define(ConfigDef definition) {
    define(new SettingGroup(definition, "Retries"));
    return definition;
  }

  static void define(SettingGroup settings) {
    settings
        .add(
            BACKOFF,
            ConfigDef.Type.LONG,
            100L,
            Range.atLeast(1),
            Importance.LOW,
            "First pause after a temporary failure, milliseconds; doubles with each try.")
        .add(
            BACKOFF_MAX,
            ConfigDef.Type.LONG,
            10_000L,
            Range.atLeast(1),
            Importance.LOW,
            "Longest pause between tries, milliseconds.")
        .add(
            ACCESS,
            ConfigDef.Type.LONG,
            300_000L,
            Range.atLeast(0),
            Importance.LOW,
            "How long a task that Redis has let in before waits out NOAUTH and WRONGPASS, since a"
                + " password may be being changed, milliseconds; then it fails, and a restart"
                + " reads the secret again. 0: it fails at once.");
  }

  /** Returns how long a refused login is waited out. */
  public static AccessPatience access(AbstractConfig config) {
    return new AccessPatience(config.getLong(ACCESS));
  }

  /** Returns the pauses between tries, from the first on. */
  public static Backoff backoff(AbstractConfig config) {
    return new Backoff(config.getLong(BACKOFF), config.getLong(BACKOFF_MAX));
  }
}
