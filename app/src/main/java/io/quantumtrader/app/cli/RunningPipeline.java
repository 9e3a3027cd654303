package io.quantumtrader.app.cli;

import io.quantumtrader.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where the pipeline that {@code quantum up} runs for this user can be reached: a small file in the
 * temporary directory, there while the run lasts, so that other commands need no addresses. Of
 * several runs the one that was started last is meant.
 *
 * @param bootstrapServers broker addresses
 * @param registryUrl the registry's Confluent API
 * @param pid process that runs it
 * @param live where its topology and numbers are; empty where it does not say
 */
public record RunningPipeline(String bootstrapServers, String registryUrl, long pid, String live) {

  private static final String BROKER = "bootstrap.servers";
  private static final String REGISTRY = "schema.registry.url";
  private static final String PID = "pid";
  private static final String LIVE = "topology.url";

  /** Returns the pipeline of this process at these addresses. */
  public static RunningPipeline ofThisProcess(String bootstrapServers, String registryUrl) {
    return new RunningPipeline(bootstrapServers, registryUrl, ProcessHandle.current().pid(), "");
  }

  /** Returns the same pipeline that says where its topology and numbers are. */
  public RunningPipeline withLive(String url) {
    return new RunningPipeline(bootstrapServers, registryUrl, pid, url);
  }

  /** Returns the configuration every Kafka client starts from. */
  public Map<String, Object> kafka() {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
  }

  /** Returns serdes for its topics; they register nothing. */
  public RecordSerdes serdes() {
    return new RecordSerdes(
        Map.of("schema.registry.url", registryUrl, "auto.register.schemas", "false"));
  }

  /** Returns where this user's file lies. */
  public static Path file() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "quantum-up-" + System.getProperty("user.name") + ".properties");
  }

  /**
   * Returns what the file says, or empty where there is none, where another user wrote it, or where
   * the process that wrote it has ended.
   */
  public static Optional<RunningPipeline> find(Path file) {
    if (!Files.isReadable(file) || !isOurs(file)) {
      return Optional.empty();
    }
    Properties said = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      said.load(in);
      RunningPipeline running =
          new RunningPipeline(
              said.getProperty(BROKER, ""),
              said.getProperty(REGISTRY, ""),
              Long.parseLong(said.getProperty(PID, "-1")),
              said.getProperty(LIVE, ""));
      return ProcessHandle.of(running.pid).map(process -> running);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the file.
   *
   * @throws IOException if it cannot be written
   */
  public void announce(Path file) throws IOException {
    Properties said = new Properties();
    said.setProperty(BROKER, bootstrapServers);
    said.setProperty(REGISTRY, registryUrl);
    said.setProperty(PID, Long.toString(pid));
    said.setProperty(LIVE, live);
    try (Writer out = Files.newBufferedWriter(file)) {
      said.store(out, "where the running pipeline can be reached");
    }
  }

  /** Removes the file, unless another run has taken its place. */
  public void withdraw(Path file) throws IOException {
    if (find(file).filter(this::equals).isPresent()) {
      Files.deleteIfExists(file);
    }
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
