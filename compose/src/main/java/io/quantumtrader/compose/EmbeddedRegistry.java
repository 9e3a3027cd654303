package io.quantumtrader.compose;

import io.quantumtrader.compose.process.ChildProcess;
import io.quantumtrader.compose.process.ProcessGuard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Apicurio Registry as a child process, on the loopback interface, spoken to through Confluent's
 * API. Schemas and their ids stay with the directory. New subjects are held to FULL_TRANSITIVE.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  /** The system property that says where the unpacked registry is. */
  public static final String HOME_PROPERTY = "quantum.registry.home";

  private static final String NAME = "registry";
  private static final String CONFLUENT_API = "/apis/ccompat/v7";
  private static final int LEAST_JDK = 21;
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  // The ports are chosen by the registry's own bind, so this line is where they can be read.
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

  private final ChildProcess process;
  private final String url;

  private EmbeddedRegistry(ChildProcess process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts a registry; it takes requests when this returns.
   *
   * @param home the unpacked registry, see {@link #home()}
   * @param directory where its database is
   * @throws StackException if it cannot start, with its last lines of output; nothing is left
   *     running
   */
  public static EmbeddedRegistry start(Path home, Path directory, ProcessGuard guard) {
    return start(home, directory, 0, guard);
  }

  /**
   * Starts a registry on a port; it takes requests when this returns.
   *
   * @param port where it listens; 0 for any that is free
   * @throws StackException if it cannot start, with its last lines of output; nothing is left
   *     running
   */
  public static EmbeddedRegistry start(Path home, Path directory, int port, ProcessGuard guard) {
    Path jar = home.resolve("quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new StackException("there is no Schema Registry in " + home + "; build the project");
    }
    prepare(directory);
    ChildProcess process =
        ChildProcess.start(guard, NAME, command(jar, directory, port), EmbeddedRegistry::isForeign);
    try {
      String address = process.awaitOutput(LISTENING, READY_WITHIN).group(1);
      String url = address + CONFLUENT_API;
      try (HttpClient http = HttpClient.newHttpClient()) {
        process.awaitReady(() -> answers(http, url), READY_WITHIN);
        demandFullCompatibility(http, url);
      }
      return new EmbeddedRegistry(process, url);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Where the unpacked registry is, by the system property {@value #HOME_PROPERTY}.
   *
   * @throws StackException if the property is not set
   */
  public static Path home() {
    String home = System.getProperty(HOME_PROPERTY);
    if (home == null || home.isBlank()) {
      throw new StackException(
          "set the system property " + HOME_PROPERTY + " to the Schema Registry's directory");
    }
    return Path.of(home);
  }

  private static void prepare(Path directory) {
    if (Runtime.version().feature() < LEAST_JDK) {
      throw new StackException(
          "the Schema Registry needs a JDK %d or later, this is %s"
              .formatted(LEAST_JDK, Runtime.version()));
    }
    try {
      Files.createDirectories(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new StackException("the Schema Registry's directory cannot be created", e);
    }
  }

  private static List<String> command(Path jar, Path directory, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quickly up. An AppCDS archive was measured and gained nothing: most of the classes
    // come through the registry's own class loader, which the archive does not reach.
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + directory.resolve("tmp")));
    // Port 0 lets the kernel choose at the moment of the bind.
    command.addAll(
        List.of(
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=0",
            "-Dquarkus.http.access-log.enabled=false",
            "-Dquarkus.log.level=WARN",
            "-Dquarkus.log.category.\"io.quarkus\".level=INFO"));
    // Without WRITE_DELAY=0 a kill could lose ids that records carry already.
    command.addAll(
        List.of(
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=h2",
            "-Dapicurio.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0"
                .formatted(directory.toAbsolutePath().resolve("schemas")),
            "-Dapicurio.datasource.jdbc.initial-size=1",
            "-Dapicurio.datasource.jdbc.min-size=1",
            "-Dapicurio.datasource.jdbc.max-size=10"));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** Settings meant for another registry on this machine must not reach this one. */
  private static boolean isForeign(String variable) {
    return variable.startsWith("QUARKUS_") || variable.startsWith("APICURIO_");
  }

  private static boolean answers(HttpClient http, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(ANSWERS_WITHIN).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the Schema Registry was starting", e);
    }
  }

  /** The registry begins with NONE. */
  private static void demandFullCompatibility(HttpClient http, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/config"))
            .timeout(ANSWERS_WITHIN)
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StackException(
            "the Schema Registry refuses FULL_TRANSITIVE: %d %s"
                .formatted(response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new StackException("the Schema Registry does not answer at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the Schema Registry was starting", e);
    }
  }

  /** The base address of Confluent's API, for {@code schema.registry.url}. */
  public String url() {
    return url;
  }

  /** The registry's process number. */
  public long pid() {
    return process.pid();
  }

  /** Stops the registry, bounded in time. Safe to call again. */
  @Override
  public void close() {
    process.close();
  }
}
