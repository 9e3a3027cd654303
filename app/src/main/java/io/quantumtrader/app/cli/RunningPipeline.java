package io.quantumtrader.app.cli;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

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
 */
public record RunningPipeline(
    String name,
    long pid,
    long startedMs,
    String data,
    boolean temporary,
    List<String> accounts,
    PipelineAddresses addresses) {

  /** A process's start is told to a hundredth of a second, from a clock that may be corrected. */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  private static final String PID = "pid";
  private static final String STARTED = "started.ms";
  private static final String DATA = "data";
  private static final String TEMPORARY = "data.temporary";
  private static final String ACCOUNTS = "accounts";

  /** Takes a copy of the accounts. */
  public RunningPipeline {
    accounts = List.copyOf(accounts);
  }

  /** Returns the pipeline at given addresses, of which nothing else is known. */
  public static RunningPipeline at(String bootstrapServers, String registryUrl) {
    return new RunningPipeline(
        "", -1, 0, "", false, List.of(), PipelineAddresses.of(bootstrapServers, registryUrl));
  }

  /**
   * Returns the pipeline that this process runs, not announced yet.
   *
   * @param data its data directory
   * @param temporary whether that is deleted at the end
   */
  public static RunningPipeline ofThisProcess(
      Path data, boolean temporary, List<String> accounts, PipelineAddresses addresses) {
    ProcessHandle self = ProcessHandle.current();
    return new RunningPipeline(
        "up-" + self.pid(),
        self.pid(),
        startOf(self).orElse(0L),
        real(data).toString(),
        temporary,
        accounts,
        addresses);
  }

  /** Returns the same pipeline under another name. */
  RunningPipeline named(String another) {
    return new RunningPipeline(another, pid, startedMs, data, temporary, accounts, addresses);
  }

  /** Returns the same pipeline at these addresses. */
  public RunningPipeline with(PipelineAddresses known) {
    return new RunningPipeline(name, pid, startedMs, data, temporary, accounts, known);
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
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
  }

  /** Returns serdes for its topics; they register nothing. */
  public RecordSerdes serdes() {
    return new RecordSerdes(
        Map.of("schema.registry.url", registryUrl(), "auto.register.schemas", "false"));
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
   * Reads what {@link #toProperties} wrote.
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
        addresses);
  }

  Properties toProperties() {
    Properties said = new Properties();
    said.setProperty(PID, Long.toString(pid));
    said.setProperty(STARTED, Long.toString(startedMs));
    said.setProperty(DATA, data);
    said.setProperty(TEMPORARY, Boolean.toString(temporary));
    said.setProperty(ACCOUNTS, String.join(",", accounts));
    addresses.putInto(said);
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
