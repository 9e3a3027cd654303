package io.quantumtrader.app.cli;

import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.schemas.serde.SerdeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Reads {@link ClientConfig} from a file of properties and from the environment, which goes before
 * the file. A name that no client knows is refused, since what it was meant to say would be missing
 * without a word.
 */
final class ClientConfigReader {

  /** Begins variables that are settings of Kafka's clients. */
  static final String KAFKA = "QUANTUM_KAFKA_";

  /** Begins variables that are settings of the registry client. */
  static final String REGISTRY = "QUANTUM_REGISTRY_";

  /** Begins variables that are settings of the Redis client. */
  static final String REDIS = "QUANTUM_REDIS_";

  /** Without the part of its name that says whom it is for, a registry setting is also known. */
  private static final String OF_REGISTRY = "schema.registry.";

  private static final String OF_REDIS = "redis.";

  /** Ends variables that are for the compose files: QUANTUM_KAFKA_PORT and others. */
  private static final String PORT = "_PORT";

  private static final String PROVIDERS = "config.providers";

  /** What a setting of Streams may begin with to be for some of its clients. */
  private static final List<String> SOME_CLIENTS =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX);

  /** What makes the pipeline right is not for a file to change. */
  private static final Set<String> FIXED =
      Set.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.STATE_DIR_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          SerdeConfig.AUTO_REGISTER,
          SerdeConfig.USE_LATEST,
          SerdeConfig.VALUE_CLASS,
          SerdeConfig.SUBJECT_NAMES);

  private static final Set<String> OF_CLIENTS = clientNames();
  private static final Set<String> OF_SERDES = SerdeConfig.definition().names();
  private static final Set<String> OF_TLS = new ConfigDef().withClientSslSupport().names();
  private static final Set<String> OF_REDIS_CLIENT =
      RedisConnectionConfig.define(new ConfigDef()).names();

  private final Map<String, String> kafka = new HashMap<>();
  private final Map<String, String> registry = new HashMap<>();
  private final Map<String, String> redis = new HashMap<>();

  private ClientConfigReader() {}

  /**
   * Reads settings.
   *
   * @throws CommandFailure in one line, with exit code 2, if the file cannot be read, or if a
   *     setting is unknown or not for a file to change
   */
  static ClientConfig read(Optional<Path> file, Map<String, String> environment) {
    ClientConfigReader reader = new ClientConfigReader();
    file.ifPresent(reader::takeFile);
    new TreeMap<>(environment).forEach(reader::takeVariable);
    return new ClientConfig(
        file.map(Path::toAbsolutePath), reader.kafka, reader.registry, reader.redis, Set.of());
  }

  private void takeFile(Path file) {
    Properties said = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      said.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandFailure(
          2, "--config: cannot read " + file + "; give a file of properties", unreadable);
    }
    for (String name : new TreeSet<>(said.stringPropertyNames())) {
      take(name, said.getProperty(name).strip(), "--config " + file.getFileName() + ": " + name);
    }
  }

  private void takeVariable(String variable, String given) {
    String value = given.strip();
    if (value.isEmpty() || variable.endsWith(PORT)) {
      return;
    }
    if (variable.startsWith(KAFKA)) {
      take(dotted(variable, KAFKA), value, variable);
    } else if (variable.startsWith(REGISTRY)) {
      String name = dotted(variable, REGISTRY);
      take(OF_SERDES.contains(name) ? name : OF_REGISTRY + name, value, variable);
    } else if (variable.startsWith(REDIS)) {
      String name = OF_REDIS + dotted(variable, REDIS);
      if (OF_REDIS_CLIENT.contains(name)) {
        redis.put(name, value); // others, as QUANTUM_REDIS_PREFIX, are options of commands
      }
    }
  }

  private static String dotted(String variable, String prefix) {
    return variable.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private void take(String name, String value, String where) {
    if (FIXED.contains(ofAllClients(name))) {
      throw new CommandFailure(2, where + " cannot be set: the pipeline relies on its own", null);
    }
    if (name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".")) {
      kafka.put(name, value);
      registry.put(name, value);
      redis.put(name, value);
    } else if (isOfRegistry(name)) {
      registry.put(name, value);
    } else if (OF_REDIS_CLIENT.contains(name)) {
      redis.put(name, value);
    } else if (OF_CLIENTS.contains(ofAllClients(name))) {
      kafka.put(name, value);
    } else {
      throw new CommandFailure(
          2, where + " is not a setting of a client of Kafka, registry or Redis", null);
    }
  }

  private static String ofAllClients(String name) {
    return SOME_CLIENTS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(prefix -> name.substring(prefix.length()))
        .orElse(name);
  }

  private static boolean isOfRegistry(String name) {
    if (OF_SERDES.contains(name)) {
      return true;
    }
    String rest = name.startsWith(OF_REGISTRY) ? name.substring(OF_REGISTRY.length()) : "";
    return OF_TLS.contains(rest) || OF_SERDES.contains(rest);
  }

  private static Set<String> clientNames() {
    Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    names.addAll(StreamsConfig.configDef().names());
    names.add(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    return names;
  }
}
