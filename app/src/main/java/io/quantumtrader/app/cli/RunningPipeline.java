package io.quantumtrader.app.cli;

import io.quantumtrader.app.cli.ClientConfig.Server;
import io.quantumtrader.connectors.redis.RedisConnectionConfig;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * A pipeline that commands can be sent to: one that a {@code quantum up} of this user runs, or one
 * at addresses that were given.
 *
 * @param name what {@code --pipeline} takes; empty for one at given addresses
 * @param pid the process that runs it; -1 for one at given addresses
 * @param startedMs when that process started, epoch milliseconds; 0: the system does not say
 * @param data its data directory, absolute; empty if it is not known
 * @param temporary whether that directory is deleted at the end
 * @param accounts accounts of its exchange; empty if they are not known
 * @param addresses where its servers are
 * @param config how to get in there
 */
public record RunningPipeline(
    String name,
    long pid,
    long startedMs,
    String data,
    boolean temporary,
    List<String> accounts,
    PipelineAddresses addresses,
    ClientConfig config) {

  /** A process's start is told to a hundredth of a second, from a clock that may be corrected. */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  private static final String PID = "pid";
  private static final String STARTED = "started.ms";
  private static final String DATA = "data";
  private static final String TEMPORARY = "data.temporary";
  private static final String ACCOUNTS = "accounts";
  private static final String CONFIG = "config.file";
  private static final String EMBEDDED = "embedded";

  /** Takes a copy of the accounts. */
  public RunningPipeline {
    accounts = List.copyOf(accounts);
  }

  /** Returns the pipeline at given addresses, of which nothing else is known. */
  public static RunningPipeline at(
      String bootstrapServers, String registryUrl, ClientConfig config) {
    PipelineAddresses addresses = PipelineAddresses.of(bootstrapServers, registryUrl);
    return new RunningPipeline("", -1, 0, "", false, List.of(), addresses, config);
  }

  /**
   * Returns the pipeline that this process runs, not announced yet.
   *
   * @param data its data directory
   * @param temporary whether that is deleted at the end
   */
  public static RunningPipeline ofThisProcess(
      Path data,
      boolean temporary,
      List<String> accounts,
      PipelineAddresses addresses,
      ClientConfig config) {
    ProcessHandle self = ProcessHandle.current();
    return new RunningPipeline(
        "up-" + self.pid(),
        self.pid(),
        startOf(self).orElse(0L),
        real(data).toString(),
        temporary,
        accounts,
        addresses,
        config);
  }

  /** Returns the same pipeline under another name. */
  RunningPipeline named(String another) {
    return new RunningPipeline(
        another, pid, startedMs, data, temporary, accounts, addresses, config);
  }

  /** Returns the same pipeline, got into in another way. */
  RunningPipeline with(ClientConfig another) {
    return new RunningPipeline(
        name,
        pid,
        startedMs,
        data,
        temporary,
        accounts,
        addresses,
        another.beside(config.embedded()));
  }

  /** Returns the same pipeline at these addresses. */
  public RunningPipeline with(PipelineAddresses known) {
    return new RunningPipeline(name, pid, startedMs, data, temporary, accounts, known, config);
  }

  /** Returns the same pipeline with another Redis. */
  public RunningPipeline withRedis(String uri) {
    return with(addresses.withRedisAndConnect(uri, addresses.connect()));
  }

  /** Returns the broker addresses. */
  public String bootstrapServers() {
    return addresses.broker();
  }

  /** Returns the registry's Confluent API. */
  public String registryUrl() {
    return addresses.registry();
  }

  /** Returns the configuration every Kafka client starts from. */
  public Map<String, Object> kafka() {
    return config.kafkaAt(bootstrapServers());
  }

  /** Returns the configuration of its registry's client, which registers nothing. */
  public Map<String, Object> registry() {
    return config.registryAt(registryUrl());
  }

  /**
   * Returns its Redis, where one is known: that of a running {@code quantum up}, else that of the
   * settings.
   *
   * @throws CommandFailure in one line, with exit code 2, if the address or what goes with it is
   *     wrong
   */
  public Optional<RedisEndpoint> redis() {
    return Optional.of(addresses.redis())
        .filter(uri -> !uri.isEmpty())
        .or(() -> Optional.ofNullable(config.redis().get(RedisConnectionConfig.URI)))
        .map(this::redisAt);
  }

  private RedisEndpoint redisAt(String uri) {
    try {
      return RedisAccess.at(uri, config);
    } catch (ConfigException e) {
      throw new CommandFailure(2, "Redis: " + e.getMessage(), e);
    }
  }

  /** Returns serdes for its topics; they register nothing. */
  public RecordSerdes serdes() {
    return config.serdesAt(registryUrl());
  }

  /** Returns which pipeline this is, for people: name, data directory, broker and accounts. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    if (name.isEmpty()) {
      text.append("at ").append(bootstrapServers());
    } else {
      text.append(name).append(": data ").append(data);
      text.append(temporary ? " (temporary), " : ", ");
      text.append("broker ").append(bootstrapServers());
    }
    if (!accounts.isEmpty()) {
      text.append(accounts.size() == 1 ? ", account " : ", accounts ");
      text.append(String.join(", ", accounts));
    }
    return text.toString();
  }

  /** Returns whether a word names this pipeline: its name, process or data directory. */
  boolean isCalled(String word) {
    if (word.equals(name) || word.equals(Long.toString(pid))) {
      return true;
    }
    try {
      return !data.isEmpty() && real(Path.of(word)).equals(Path.of(data));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns whether its process runs: that number again, later, is another process. */
  boolean isAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || startedMs == 0) {
      return process.isPresent();
    }
    return startOf(process.get())
        .map(start -> Math.abs(start - startedMs) <= SAME_START.toMillis())
        .orElse(true);
  }

  /** Returns when its process started, where that is known. */
  public Optional<Instant> started() {
    return startedMs == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(startedMs));
  }

  /**
   * Reads what {@link #toProperties} wrote: of the settings only the name of their file and which
   * servers need none.
   *
   * @throws IllegalArgumentException if it says nothing that makes sense
   */
  static RunningPipeline from(String name, Properties said) {
    String accounts = said.getProperty(ACCOUNTS, "");
    PipelineAddresses addresses = PipelineAddresses.from(said);
    if (addresses.broker().isEmpty() || addresses.registry().isEmpty()) {
      throw new IllegalArgumentException("no addresses in " + name);
    }
    return new RunningPipeline(
        name,
        Long.parseLong(said.getProperty(PID, "-1")),
        Long.parseLong(said.getProperty(STARTED, "0")),
        said.getProperty(DATA, ""),
        Boolean.parseBoolean(said.getProperty(TEMPORARY, "false")),
        accounts.isEmpty() ? List.of() : List.of(accounts.split(",", -1)),
        addresses,
        new ClientConfig(
            Optional.ofNullable(said.getProperty(CONFIG)).map(Path::of),
            Map.of(),
            Map.of(),
            Map.of(),
            embedded(said.getProperty(EMBEDDED, ""))));
  }

  private static Set<Server> embedded(String said) {
    return said.isEmpty()
        ? Set.of()
        : Arrays.stream(said.split(",", -1)).map(Server::valueOf).collect(Collectors.toSet());
  }

  Properties toProperties() {
    Properties said = new Properties();
    said.setProperty(PID, Long.toString(pid));
    said.setProperty(STARTED, Long.toString(startedMs));
    said.setProperty(DATA, data);
    said.setProperty(TEMPORARY, Boolean.toString(temporary));
    said.setProperty(ACCOUNTS, String.join(",", accounts));
    addresses.putInto(said);
    said.setProperty(
        EMBEDDED,
        config.embedded().stream().map(Server::name).sorted().collect(Collectors.joining(",")));
    config.file().ifPresent(file -> said.setProperty(CONFIG, file.toString()));
    return said;
  }

  private static Optional<Long> startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli);
  }

  /** One directory may have several names, through links. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    } catch (IOException e) {
      return absolute;
    }
  }
}
