package io.quantumtrader.compose.real;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Kafka Connect worker as an operator starts it: Kafka's own command {@code connect-standalone},
 * in a process of its own, with nothing but Kafka's Connect on its class path.
 */
public final class WorkerProcess implements AutoCloseable {

  private static final long ENDS_WITHIN_S = 20;

  /** Maven groups of what {@code connect-runtime} needs, and of a log. */
  private static final List<String> OF_CONNECT =
      List.of(
          "org/apache/kafka/",
          "com/fasterxml/jackson/",
          "org/yaml/snakeyaml/",
          "jakarta/",
          "javax/",
          "com/sun/activation/",
          "org/glassfish/",
          "org/javassist/",
          "org/eclipse/jetty/",
          "io/github/classgraph/",
          "org/apache/maven/",
          "org/codehaus/plexus/",
          "io/swagger/",
          "com/github/luben/",
          "at/yawk/lz4/",
          "org/xerial/snappy/",
          "org/slf4j/",
          "ch/qos/logback/");

  private static final String LOGGING =
      """
      <configuration>
        <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %level %logger{0} %msg%n%ex{3}</pattern></encoder>
        </appender>
        <root level="warn"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private final Process process;
  private final Path log;
  private final URI rest;

  private WorkerProcess(Process process, Path log, URI rest) {
    this.process = process;
    this.log = log;
    this.rest = rest;
    // Whoever ends the tests ends their workers.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** What the class path of a worker holds: none of the plugin's own classes. */
  public static List<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> OF_CONNECT.stream().anyMatch(entry.replace('\\', '/')::contains))
        .toList();
  }

  /**
   * Starts a worker.
   *
   * @param directory for its files; one start after the other may use the same
   * @param settings of the worker, beside those that every test needs
   * @param connector a connector to run
   * @param environment of the process, where secrets are
   */
  static WorkerProcess start(
      Path directory,
      Map<String, String> settings,
      Connector connector,
      Map<String, String> environment)
      throws IOException {
    int port = FreePort.find();
    Path worker = directory.resolve("worker.properties");
    Files.writeString(worker, properties(directory, port, settings));
    Path json = directory.resolve(connector.name() + ".json");
    Files.writeString(json, new JsonMapper().writeValueAsString(connector));
    Path logging = directory.resolve("logback.xml");
    Files.writeString(logging, LOGGING);
    Path log = directory.resolve("worker.log");
    Path archive = Path.of(settings.get("plugin.path")).resolveSibling("classes.jsa");
    List<String> command = command(logging, worker, json);
    if (!environment.containsKey("JAVA_TOOL_OPTIONS")) {
      // The JVM refuses to archive classes that an agent may have changed.
      command.addAll(1, sharedClasses(archive));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    URI rest = URI.create("http://127.0.0.1:" + port);
    return new WorkerProcess(builder.start(), log, rest);
  }

  private static List<String> command(Path logging, Path worker, Path json) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("-Dlogback.configurationFile=" + logging);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath())));
    command.add("org.apache.kafka.connect.cli.ConnectStandalone");
    command.addAll(List.of(worker.toString(), json.toString()));
    return command;
  }

  /** The next start takes the classes from there; a worker that is killed writes nothing. */
  private static List<String> sharedClasses(Path archive) {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive,
        "-Xlog:disable",
        "-Xlog:all=error:stderr");
  }

  private static String properties(Path directory, int port, Map<String, String> settings)
      throws IOException {
    Properties properties = new Properties();
    properties.put("listeners", "http://127.0.0.1:" + port);
    properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    properties.put("offset.storage.file.filename", directory.resolve("offsets").toString());
    properties.put("plugin.discovery", "service_load");
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return text.toString();
  }

  /** The worker's REST interface. */
  URI rest() {
    return rest;
  }

  /** What all workers in this directory have printed. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** The end of what was printed, for messages. */
  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.stream().skip(Math.max(0, lines.size() - 25)).collect(Collectors.joining("\n"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process with SIGKILL: nothing is flushed, committed or closed. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(ENDS_WITHIN_S, TimeUnit.SECONDS).join();
  }

  /** Asks the process to end, as an operator does, and waits; kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException stopped) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A connector as the file that a worker takes.
   *
   * @param name its name
   * @param config its settings
   */
  record Connector(String name, Map<String, String> config) {}
}
