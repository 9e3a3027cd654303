package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.registry.ConfluentSchemaRegistry;
import io.quantumtrader.schemas.registry.RegistryScheme;
import io.quantumtrader.schemas.registry.Retries;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** Configuration of serdes and registry client, in Confluent's names where there is one. */
public final class SerdeConfig extends AbstractConfig {

  /**
   * Addresses of the registry's Confluent API, separated by commas, or one with a {@link
   * RegistryScheme} of its own.
   */
  public static final String REGISTRY_URL = "schema.registry.url";

  /** Whether a serializer registers schemas that the registry does not know. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  /** Whether a serializer takes the id of the subject's newest version. */
  public static final String USE_LATEST = "use.latest.version";

  /** Generated class that a deserializer returns. */
  public static final String VALUE_CLASS = "value.avro.class";

  /** Time to connect to the registry. */
  public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";

  /** Time for a whole request to the registry. */
  public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";

  /** Retries of a request that failed at all addresses. */
  public static final String MAX_RETRIES = "max.retries";

  /** Wait before the first repetition. */
  public static final String RETRIES_WAIT_MS = "retries.wait.ms";

  /** Longest wait between two repetitions. */
  public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";

  /** How subjects are called. */
  public static final String SUBJECT_NAMES = "value.subject.name.strategy";

  private static final ConfigDef DEFINITION =
      RegistrySecurity.define(new ConfigDef())
          .define(
              SUBJECT_NAMES,
              ConfigDef.Type.STRING,
              SubjectNames.TopicNameStrategy.name(),
              Importance.LOW,
              "How subjects are named: TopicNameStrategy, RecordNameStrategy or"
                  + " TopicRecordNameStrategy; the names of Confluent's classes work too.")
          .define(
              REGISTRY_URL,
              ConfigDef.Type.LIST,
              Importance.HIGH,
              "Addresses of the registry's Confluent API, separated by commas, tried in turn; or"
                  + " one address of another scheme that is on the class path, such as"
                  + " mock://name in tests.")
          .define(
              AUTO_REGISTER,
              ConfigDef.Type.BOOLEAN,
              null,
              Importance.MEDIUM,
              "Whether a serializer registers schemas that the registry does not know. Default:"
                  + " false, because the registration step does that; true for other schemes"
                  + " than http, because such a registry starts empty.")
          .define(
              USE_LATEST,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.LOW,
              "Whether a serializer that does not register uses the id of the subject's newest"
                  + " version, which must then encode as the class does; otherwise it looks up"
                  + " its own schema.")
          .define(
              VALUE_CLASS,
              ConfigDef.Type.CLASS,
              null,
              Importance.MEDIUM,
              "Generated class that a deserializer returns. Default: the class named by the"
                  + " writer's schema, so that one consumer can read several topics.")
          .define(
              CONNECT_TIMEOUT_MS,
              ConfigDef.Type.INT,
              5_000,
              Range.atLeast(1),
              Importance.LOW,
              "Time to connect to the registry, milliseconds.")
          .define(
              READ_TIMEOUT_MS,
              ConfigDef.Type.INT,
              10_000,
              Range.atLeast(1),
              Importance.LOW,
              "Time for a whole request to the registry, milliseconds.")
          .define(
              MAX_RETRIES,
              ConfigDef.Type.INT,
              5,
              Range.atLeast(0),
              Importance.LOW,
              "Retries of a request that failed at all addresses.")
          .define(
              RETRIES_WAIT_MS,
              ConfigDef.Type.INT,
              100,
              Range.atLeast(0),
              Importance.LOW,
              "Wait before the first retry, milliseconds; doubles with each retry, and half of"
                  + " it is random.")
          .define(
              RETRIES_MAX_WAIT_MS,
              ConfigDef.Type.INT,
              2_000,
              Range.atLeast(0),
              Importance.LOW,
              "Longest wait between two retries, milliseconds.");

  /** Reads the configuration; unknown names are ignored. */
  public SerdeConfig(Map<String, ?> configuration) {
    super(DEFINITION, configuration, false);
    if (registryUrls().isEmpty()) {
      throw new ConfigException(REGISTRY_URL, "", "must name an address");
    }
  }

  /** Returns the definition, for documentation. */
  public static ConfigDef definition() {
    return new ConfigDef(DEFINITION);
  }

  /**
   * Returns a client for the registry; the caller closes it.
   *
   * @throws ConfigException for an address with a scheme that nothing on the class path knows
   */
  public SchemaRegistry registry() {
    List<String> urls = registryUrls();
    Optional<RegistryScheme> other = otherScheme();
    if (other.isPresent()) {
      return other.get().open(urls.getFirst().substring(other.get().scheme().length() + 3));
    }
    for (String url : urls) {
      if (url.contains("://") && !url.startsWith("http://") && !url.startsWith("https://")) {
        throw new ConfigException(REGISTRY_URL, url, "has an unknown scheme");
      }
    }
    Duration wait = Duration.ofMillis(getInt(RETRIES_WAIT_MS));
    Duration longest = Duration.ofMillis(Math.max(wait.toMillis(), getInt(RETRIES_MAX_WAIT_MS)));
    return new ConfluentSchemaRegistry(
        urls,
        RegistrySecurity.access(this),
        Duration.ofMillis(getInt(CONNECT_TIMEOUT_MS)),
        Duration.ofMillis(getInt(READ_TIMEOUT_MS)),
        new Retries(
            getInt(MAX_RETRIES),
            wait,
            longest,
            Thread::sleep,
            () -> ThreadLocalRandom.current().nextDouble()));
  }

  /** Returns where a serializer gets the id of a schema from. */
  WriterIds.Source idSource() {
    Boolean register = getBoolean(AUTO_REGISTER);
    if (register == null ? otherScheme().isPresent() : register) {
      return WriterIds.Source.REGISTER;
    }
    return getBoolean(USE_LATEST) ? WriterIds.Source.LATEST : WriterIds.Source.LOOK_UP;
  }

  /** Returns how subjects are called. */
  SubjectNames subjectNames() {
    return SubjectNames.named(getString(SUBJECT_NAMES));
  }

  /** Returns the generated class that a deserializer returns, if one is configured. */
  Optional<Class<? extends SpecificRecord>> valueClass() {
    Class<?> type = getClass(VALUE_CLASS);
    if (type == null) {
      return Optional.empty();
    }
    if (!SpecificRecord.class.isAssignableFrom(type)) {
      throw new ConfigException(VALUE_CLASS, type.getName(), "is not a generated Avro class");
    }
    return Optional.of(type.asSubclass(SpecificRecord.class));
  }

  private List<String> registryUrls() {
    return getList(REGISTRY_URL);
  }

  private Optional<RegistryScheme> otherScheme() {
    return RegistryScheme.of(registryUrls().getFirst());
  }
}
